/** One attribution unit is 2⁻⁶⁴ mg, so that a mass that fits a statement times the units fits 128 bits. */
export const UNITS_PER_MILLIGRAM = 1n << 64n;

/** Amounts by key. Keys sort as text; the sum is what the whole is made of. */
export type Shares = ReadonlyMap<string, bigint>;

/** The sum of all shares, in the shares' own unit. */
export function totalOf(shares: Shares): bigint {
  let total = 0n;
  for (const amount of shares.values()) total += amount;
  return total;
}

/**
 * Divides `amount` among the keys of `shares` in proportion: floor(amount · S[key] / M) for each, and what is left,
 * a unit each, to the largest remainders, ties to the lower key. The result sums to `amount` exactly.
 *
 * @param amount what to divide, any unit
 * @param shares S, not empty unless `amount` is 0; M is its sum
 * @returns the parts above zero, in the order of their keys
 * @throws RangeError where there is an amount but nothing to divide it by
 */
export function apportion(amount: bigint, shares: Shares): Map<string, bigint> {
  if (amount === 0n) return new Map();
  const total = totalOf(shares);
  if (total === 0n) throw new RangeError(`Cannot apportion ${amount} among shares that sum to 0`);
  const parts = [...shares]
    .map(([key, share]) => ({
      key,
      floor: (amount * share) / total,
      remainder: (amount * share) % total,
    }))
    .sort(byKey);
  let left = amount - parts.reduce((sum, part) => sum + part.floor, 0n);
  for (const part of [...parts].sort(byLargestRemainder)) {
    if (left === 0n) break;
    part.floor += 1n;
    left -= 1n;
  }
  return new Map(parts.filter((part) => part.floor > 0n).map((part) => [part.key, part.floor]));
}

type Part = { key: string; floor: bigint; remainder: bigint };

function byKey(a: Part, b: Part): number {
  return a.key < b.key ? -1 : 1;
}

function byLargestRemainder(a: Part, b: Part): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return byKey(a, b);
}
