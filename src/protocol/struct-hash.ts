import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import type { Hex } from './hex.ts';

/** The fields of each struct, in order, as EIP-712 spells their types. */
export type StructTable = Readonly<
  Record<string, readonly { readonly name: string; readonly type: string }[]>
>;

/** Writes a value into the word that starts at `at`. */
type Writer = (words: Uint8Array, at: number, value: unknown) => void;

const WORD = 32;
const HASH = /^0x[0-9a-f]{64}$/i;
const ACCOUNT = /^0x[0-9a-f]{40}$/i;

/**
 * EIP-712's hashStruct for the structs of a table: several times faster than ethers' encoder, and everything that is
 * indexed goes through it. It refuses what does not fit its type, as ethers does.
 */
export function structHasher(table: StructTable): (name: string, value: unknown) => Hex {
  const made = new Map<string, (value: unknown) => Hex>();
  const hasherOf = (name: string): ((value: unknown) => Hex) => {
    const known = made.get(name);
    if (known) return known;
    const hasher = hasherFor(table, name, hasherOf);
    made.set(name, hasher);
    return hasher;
  };
  return (name, value) => hasherOf(name)(value);
}

/** keccak256 of words side by side: of two ids, or of a number and an id. */
export function hashWords(...words: readonly Hex[]): Hex {
  const bytes = new Uint8Array(words.length * WORD);
  words.forEach((word, index) => {
    writeHex(bytes, index * WORD, word);
  });
  return keccak256(bytes) as Hex;
}

/** EIP-712's digest: of a domain's separator and the hash of a struct. */
export function hashTyped(separator: Hex, struct: Hex): Hex {
  const bytes = new Uint8Array(2 + 2 * WORD);
  bytes.set([0x19, 0x01]);
  writeHex(bytes, 2, separator);
  writeHex(bytes, 2 + WORD, struct);
  return keccak256(bytes) as Hex;
}

type HasherOf = (name: string) => (value: unknown) => Hex;

function hasherFor(table: StructTable, name: string, hasherOf: HasherOf): (value: unknown) => Hex {
  const typeHash = keccak256(toUtf8Bytes(encodedType(table, name))) as Hex;
  const fields = (table[name] ?? []).map(({ name: field, type }) => ({
    field,
    write: naming(`${name}.${field}`, type, writerOf(table, type, hasherOf)),
  }));
  return (value) => {
    const words = new Uint8Array((fields.length + 1) * WORD);
    writeHex(words, 0, typeHash);
    let at = WORD;
    for (const { field, write } of fields) {
      write(words, at, (value as Record<string, unknown>)[field]);
      at += WORD;
    }
    return keccak256(words) as Hex;
  };
}

/** The struct, then those that it names, by name. */
function encodedType(table: StructTable, name: string): string {
  const named = new Set<string>();
  const visit = (struct: string): void => {
    for (const { type } of table[struct] ?? []) {
      const inner = type.replace('[]', '');
      if (!(inner in table) || named.has(inner)) continue;
      named.add(inner);
      visit(inner);
    }
  };
  visit(name);
  const spell = (struct: string): string =>
    `${struct}(${(table[struct] ?? []).map((field) => `${field.type} ${field.name}`).join(',')})`;
  return [name, ...[...named].sort()].map(spell).join('');
}

function naming(path: string, type: string, write: Writer): Writer {
  return (words, at, value) => {
    try {
      write(words, at, value);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw new Error(`${path} is no ${type}: ${String(value)}`, { cause });
    }
  };
}

function writerOf(table: StructTable, type: string, hasherOf: HasherOf): Writer {
  if (type.endsWith('[]')) return listWriter(hasherOf(type.slice(0, -2)));
  if (type in table) return (words, at, value) => writeHex(words, at, hasherOf(type)(value));
  if (type === 'bytes32') return patternWriter(HASH, 0);
  if (type === 'address') return patternWriter(ACCOUNT, 12);
  if (type === 'string') return (words, at, value) => writeHex(words, at, textHash(value));
  if (type === 'bool') return writeFlag;
  return numberWriter(Number(/^uint(\d+)$/.exec(type)?.[1]));
}

function listWriter(hash: (value: unknown) => Hex): Writer {
  return (words, at, value) => {
    if (!Array.isArray(value)) throw new TypeError('not a list');
    const hashes = new Uint8Array(value.length * WORD);
    value.forEach((item, index) => {
      writeHex(hashes, index * WORD, hash(item));
    });
    writeHex(words, at, keccak256(hashes) as Hex);
  };
}

function patternWriter(pattern: RegExp, offset: number): Writer {
  return (words, at, value) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw new TypeError('not as it should be');
    writeHex(words, at + offset, value);
  };
}

function textHash(value: unknown): Hex {
  if (typeof value !== 'string') throw new TypeError('not text');
  return keccak256(toUtf8Bytes(value)) as Hex;
}

const writeFlag: Writer = (words, at, value) => {
  if (typeof value !== 'boolean') throw new TypeError('not true or false');
  words[at + WORD - 1] = value ? 1 : 0;
};

function numberWriter(bits: number): Writer {
  if (!(bits > 0 && bits <= 64)) throw new Error('No writer for numbers of more than 64 bits');
  const limit = 2n ** BigInt(bits);
  return (words, at, value) => {
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw new TypeError('not a whole number');
    let rest = BigInt(value as number | bigint);
    if (rest < 0n || rest >= limit) throw new TypeError('out of range');
    for (let byte = at + WORD - 1; rest > 0n; byte -= 1) {
      words[byte] = Number(rest & 255n);
      rest >>= 8n;
    }
  };
}

function writeHex(bytes: Uint8Array, at: number, hex: string): void {
  for (let digit = 2; digit < hex.length; digit += 2)
    bytes[at + (digit >> 1) - 1] = (nibble(hex.charCodeAt(digit)) << 4) | nibble(hex.charCodeAt(digit + 1));
}

/** The value of a hexadecimal digit, in either case. */
function nibble(code: number): number {
  return code <= 57 ? code - 48 : (code | 32) - 87;
}
