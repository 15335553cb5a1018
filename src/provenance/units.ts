import { UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import type { PairKey } from '../protocol/content.ts';

/** Units of 2⁻⁶⁴ mg per pair. */
export type Units = ReadonlyMap<PairKey, bigint>;

/** Milligrams per pair, in units. */
export function unitsOf(sums: ReadonlyMap<PairKey, bigint>): Map<PairKey, bigint> {
  return new Map([...sums].map(([pair, milligrams]) => [pair, milligrams * UNITS_PER_MILLIGRAM]));
}

/** Adds to one pair; nothing leaves no trace. */
export function addUnits(sums: Map<PairKey, bigint>, pair: PairKey, units: bigint): void {
  if (units > 0n) sums.set(pair, (sums.get(pair) ?? 0n) + units);
}

/** floor(units · part / total); nothing of nothing. */
export function portion(units: bigint, part = 0n, total = 0n): bigint {
  return total === 0n ? 0n : (units * part) / total;
}

/** The same, rounded up, but never above the whole: of something, something stays, however small. */
export function portionUp(units: bigint, part = 0n, total = 0n): bigint {
  if (total === 0n) return 0n;
  const up = (units * part + total - 1n) / total;
  return up < units ? up : units;
}
