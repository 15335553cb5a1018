import { sha256 } from 'ethers/crypto';
import { concat } from 'ethers/utils';
import { type Hex, hex } from '../protocol/hex.ts';

/**
 * A random sample that anybody can draw again: the ids by SHA-256(seed ‖ id), the first `size` of them. The seed is a block's
 * hash that nobody knew when the population was recorded: of a block after the last one of the population.
 *
 * @param ids of statements, each once, in any order
 * @param seed 32 bytes
 */
export function drawSample(ids: Iterable<Hex>, seed: Hex, size: number): Hex[] {
  const keyed = [...ids].map((id) => ({ id, key: sampleKey(seed, id) }));
  keyed.sort((a, b) => (a.key === b.key ? order(a.id, b.id) : order(a.key, b.key)));
  return keyed.slice(0, size).map(({ id }) => id);
}

/** What a statement's place in the draw goes by: SHA-256(seed ‖ id). */
export function sampleKey(seed: Hex, id: Hex): Hex {
  return hex(sha256(concat([seed, id])));
}

/** What was drawn from: SHA-256 of all ids in their order. Two who have it have the same statements before them. */
export function populationHash(ids: Iterable<Hex>): Hex {
  return hex(sha256(concat([...ids].sort(order))));
}

function order(a: Hex, b: Hex): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
