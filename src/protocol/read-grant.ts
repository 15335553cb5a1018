import { TypedDataEncoder, type TypedDataField } from 'ethers/hash';
import { type Hex, hex } from './hex.ts';
import type { Domain } from './statements.ts';

/** A party lets another, an auditor for instance, read what it may read itself. Times are Unix seconds. */
export type ReadGrant = {
  readonly party: Hex;
  readonly reader: Hex;
  /** The first moment at which it may no longer; 0 ends what was granted before. */
  readonly validUntil: number;
  /** Of two for one reader the later counts. */
  readonly issuedAt: number;
};

/** As EIP-712 spells it, under the ledger's domain. It never goes on chain. */
export const readGrantTypes: Readonly<Record<string, TypedDataField[]>> = {
  ReadGrant: [
    { name: 'party', type: 'address' },
    { name: 'reader', type: 'address' },
    { name: 'validUntil', type: 'uint40' },
    { name: 'issuedAt', type: 'uint40' },
  ],
};

/** What the party signs: the EIP-712 digest. */
export function readGrantId(domain: Domain, grant: ReadGrant): Hex {
  return hex(TypedDataEncoder.hash(domain, { ...readGrantTypes }, grant));
}
