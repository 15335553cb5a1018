import type { Content } from './statements.ts';

/** A (material, recycled) pair as one key: a balance of its own. Keys of equal width sort as the pairs do. */
export type PairKey = string;

/** The key of a pair, e.g. `027p` for primary cobalt, `027r` for recycled. */
export function pairKey(material: number, recycled: boolean): PairKey {
  return `${String(material).padStart(3, '0')}${recycled ? 'r' : 'p'}`;
}

/** The pair that a key stands for. */
export function pairOf(key: PairKey): { material: number; recycled: boolean } {
  return { material: Number(key.slice(0, 3)), recycled: key.endsWith('r') };
}

/** Sorted, without duplicates or zeros, as statements need it. Masses of the same pair are added. */
export function normalContent(content: Iterable<Content>): Content[] {
  const sums = sumContent([content]);
  return [...sums]
    .filter(([, milligrams]) => milligrams > 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, milligrams]) => ({ ...pairOf(key), milligrams }));
}

/** Milligrams per pair over several contents. */
export function sumContent(contents: Iterable<Iterable<Content>>): Map<PairKey, bigint> {
  const sums = new Map<PairKey, bigint>();
  for (const content of contents)
    for (const { material, recycled, milligrams } of content) {
      const key = pairKey(material, recycled);
      sums.set(key, (sums.get(key) ?? 0n) + milligrams);
    }
  return sums;
}
