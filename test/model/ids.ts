import { keccak256 } from 'ethers/crypto';
import { TypedDataEncoder } from 'ethers/hash';
import { concat, toUtf8Bytes } from 'ethers/utils';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import type { Birth } from '../../src/protocol/lots.ts';
import {
  type Domain,
  type Output,
  type StatementType,
  type Struct,
  type StructName,
  typesOf,
} from '../../src/protocol/statements.ts';

/** EIP-712 as src/protocol/statements.ts has it, with the encoders and the domain's hash kept: ten times as fast. */
const encoders = new Map<StructName, TypedDataEncoder>();
const separators = new WeakMap<Domain, string>();

function encoderOf(name: StructName): TypedDataEncoder {
  const encoder = encoders.get(name) ?? TypedDataEncoder.from(typesOf(name));
  encoders.set(name, encoder);
  return encoder;
}

function separatorOf(domain: Domain): string {
  const separator = separators.get(domain) ?? TypedDataEncoder.hashDomain(domain);
  separators.set(domain, separator);
  return separator;
}

/** The digest that signs `structHash` in a domain. */
export function digestOf(domain: Domain, structHash: string): Hex {
  return hex(keccak256(concat(['0x1901', separatorOf(domain), structHash])));
}

/** Statements are never changed: each is hashed once. */
const known = new WeakMap<object, { readonly domain: Domain; readonly id: Hex }>();

export function idOf<T extends StatementType>(domain: Domain, type: T, message: Struct<T>): Hex {
  const before = known.get(message as object);
  if (before?.domain === domain) return before.id;
  const id = digestOf(domain, encoderOf(type).hash(message as object));
  known.set(message as object, { domain, id });
  return id;
}

/** The words whose hash is the struct's: its type's hash, then a word for each field. */
export function wordsOf<T extends StatementType>(type: T, message: Struct<T>): Hex {
  return hex(encoderOf(type).encodeData(type, message as object));
}

const word = (value: number | bigint): string => `0x${value.toString(16).padStart(64, '0')}`;

const outputHashes = new WeakMap<Output, string>();

function outputHash(output: Output): string {
  const hash = outputHashes.get(output) ?? encoderOf('Output').hash(output);
  outputHashes.set(output, hash);
  return hash;
}

/** keccak256(abi.encode(production id, uint256 index, hashStruct(Output))) */
export function lotOf({ production, index, output }: Birth): Hex {
  return hex(keccak256(concat([production, word(index), outputHash(output)])));
}

const lotsKnown = new WeakMap<
  readonly Output[],
  { readonly production: Hex; readonly lots: readonly Hex[] }
>();

export function lotsOf(production: Hex, outputs: readonly Output[]): readonly Hex[] {
  const before = lotsKnown.get(outputs);
  if (before?.production === production) return before.lots;
  const lots = outputs.map((output, index) => lotOf({ production, index, output }));
  lotsKnown.set(outputs, { production, lots });
  return lots;
}

/** keccak256(abi.encode(trail, id)) */
export function extended(trail: Hex, id: Hex): Hex {
  return hex(keccak256(concat([trail, id])));
}

export const roles = {
  REGISTRAR: hex(keccak256(toUtf8Bytes('REGISTRAR'))),
  ACCREDITOR: hex(keccak256(toUtf8Bytes('ACCREDITOR'))),
} as const;
