import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { keccak256 } from 'ethers/crypto';
import { getBytes, toUtf8Bytes } from 'ethers/utils';
import { type Hex, hex } from './hex.ts';
import { hashWords } from './struct-hash.ts';

/** A value that a field may hold. Undefined, NaN and functions have no place in evidence. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A field that is shown: what it is called, what it says, and 32 random bytes so that it cannot be guessed. */
export type DisclosedField = {
  readonly path: string;
  readonly value: JsonValue;
  readonly salt: Hex;
};
/** A field that is hidden: the hash of its leaf alone. */
export type HiddenField = { readonly leaf: Hex };
export type EvidenceField = DisclosedField | HiddenField;
/** An off-chain document. Any field can be hidden without a change to its root. */
export type EvidenceDocument = { readonly fields: readonly EvidenceField[] };

/**
 * A JSON value as one text: no spaces, keys of objects sorted by code unit (RFC 8785, for values that need no more).
 *
 * @throws TypeError for numbers that JSON cannot hold
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`${value} is not a JSON number`);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value as Record<string, JsonValue>).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** The leaf of a field, as OpenZeppelin's StandardMerkleTree hashes `[path, json value, salt]`. */
export function leafOf(field: EvidenceField): Hex {
  if ('leaf' in field) return hex(field.leaf);
  return hashWords(keccak256(encoded(field)) as Hex);
}

const WORD = 32;

/** abi.encode(string path, string json value, bytes32 salt): where each text starts, the salt, then each text with its length. */
function encoded({ path, value, salt }: DisclosedField): Uint8Array {
  const texts = [path, canonicalJson(value)].map((text) => toUtf8Bytes(text));
  const sizes = texts.map(({ length }) => WORD + WORD * Math.ceil(length / WORD));
  const words = new Uint8Array(3 * WORD + sizes.reduce((sum, size) => sum + size, 0));
  const numbers = new DataView(words.buffer);
  words.set(getBytes(salt), 2 * WORD);
  let start = 3 * WORD;
  for (const [index, text] of texts.entries()) {
    numbers.setUint32((index + 1) * WORD - 4, start);
    numbers.setUint32(start + WORD - 4, text.length);
    words.set(text, start + WORD);
    start += sizes[index] ?? 0;
  }
  return words;
}

/** The root that statements name. @throws RangeError for a document without fields, or with a path twice */
export function evidenceRoot(document: EvidenceDocument): Hex {
  return hex(treeOf(document).root);
}

/** The Merkle proof of one field, from leaf to root: verify with OpenZeppelin's MerkleProof. */
export function proveField(document: EvidenceDocument, path: string): Hex[] {
  const field = disclosed(document).find((candidate) => candidate.path === path);
  if (!field) throw new RangeError(`The document discloses no field "${path}"`);
  return treeOf(document).getProof(leafOf(field)).map(hex);
}

/** Every field that a document shows, with its proof. */
export function proveFields(document: EvidenceDocument): (DisclosedField & { readonly proof: Hex[] })[] {
  const tree = treeOf(document);
  return disclosed(document).map((field) => ({ ...field, proof: tree.getProof(leafOf(field)).map(hex) }));
}

const HASH = /^0x[0-9a-f]{64}$/;

/** Whether a field belongs to the document with that root: of each pair, the lower hash comes first. */
export function verifyField(root: Hex, field: DisclosedField, proof: readonly Hex[]): boolean {
  if (!proof.every((hash) => HASH.test(hash))) return false;
  const found = proof.reduce(
    (below, beside) => (below < beside ? hashWords(below, beside) : hashWords(beside, below)),
    leafOf(field),
  );
  return found === root;
}

/** The same document, with all but the named fields hidden. */
export function disclose(document: EvidenceDocument, paths: readonly string[]): EvidenceDocument {
  const shown = new Set(paths);
  return {
    fields: document.fields.map((field) =>
      'leaf' in field || shown.has(field.path) ? field : { leaf: leafOf(field) },
    ),
  };
}

/** The fields that are shown. */
export function disclosed(document: EvidenceDocument): DisclosedField[] {
  return document.fields.filter((field): field is DisclosedField => !('leaf' in field));
}

function treeOf(document: EvidenceDocument): SimpleMerkleTree {
  if (document.fields.length === 0) throw new RangeError('An evidence document has at least one field');
  const paths = disclosed(document).map((field) => field.path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new RangeError(`The evidence document has the field "${twice}" twice`);
  return SimpleMerkleTree.of(document.fields.map(leafOf));
}
