import { TypedDataEncoder, type TypedDataField } from 'ethers/hash';
import { type DisclosedField, type EvidenceDocument, leafOf } from './evidence.ts';
import { type Hex, hex } from './hex.ts';
import type { Domain } from './statements.ts';

/**
 * Who may see one field of a document from now on: everybody, for good (`isPublic`); else the parties that are named;
 * where none is, nobody: it is hidden. `path` is there for whoever reads what they sign; `leaf` is what counts.
 */
export type Visibility = {
  readonly path: string;
  readonly leaf: Hex;
  readonly isPublic: boolean;
  readonly parties: readonly Hex[];
};

/** What the author of a document decides on its fields; those that it does not list stay as they were. */
export type Disclosure = {
  readonly author: Hex;
  readonly root: Hex;
  readonly fields: readonly Visibility[];
  /** Unix seconds. Of two for one document the later counts. */
  readonly issuedAt: number;
};

/** As EIP-712 spells it, under the ledger's domain. It never goes on chain. */
export const disclosureTypes: Readonly<Record<string, TypedDataField[]>> = {
  Disclosure: [
    { name: 'author', type: 'address' },
    { name: 'root', type: 'bytes32' },
    { name: 'fields', type: 'Visibility[]' },
    { name: 'issuedAt', type: 'uint40' },
  ],
  Visibility: [
    { name: 'path', type: 'string' },
    { name: 'leaf', type: 'bytes32' },
    { name: 'isPublic', type: 'bool' },
    { name: 'parties', type: 'address[]' },
  ],
};

/** What the author signs: the EIP-712 digest, by which the disclosure is known. */
export function disclosureId(domain: Domain, disclosure: Disclosure): Hex {
  return hex(TypedDataEncoder.hash(domain, { ...disclosureTypes }, disclosure));
}

/** @param parties who may see it; null = everybody */
export function visibilityOf(field: DisclosedField, parties: readonly Hex[] | null): Visibility {
  return { path: field.path, leaf: leafOf(field), isPublic: parties === null, parties: parties ?? [] };
}

/** The same document, with one more of its fields shown. A field that is no leaf of it changes nothing. */
export function showing(document: EvidenceDocument, shown: Iterable<DisclosedField>): EvidenceDocument {
  const byLeaf = new Map([...shown].map((field) => [leafOf(field), field]));
  return { fields: document.fields.map((field) => byLeaf.get(leafOf(field)) ?? field) };
}
