import { keccak256 } from 'ethers/crypto';
import { concat } from 'ethers/utils';
import { type Hex, hex, ZERO_BYTES32 } from './hex.ts';

/**
 * The word that the ledger keeps of all that was said of a subject: keccak256(abi.encode(trail, id)) over the ids of
 * its attestations, their revocations and each log's first observation, in the order of recording. Zero = nothing.
 * Whoever shows less than all of it cannot come to the same word.
 */
export function trailOf(ids: Iterable<Hex>): Hex {
  let trail = ZERO_BYTES32;
  for (const id of ids) trail = extendTrail(trail, id);
  return trail;
}

/** The word once another statement joined it. */
export function extendTrail(trail: Hex, id: Hex): Hex {
  return hex(keccak256(concat([trail, id])));
}
