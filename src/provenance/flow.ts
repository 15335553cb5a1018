import { apportion, UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { type PairKey, pairKey, pairOf, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Content } from '../protocol/statements.ts';
import { type Ancestry, lotIn } from './graph.ts';
import type { Lineage, LotNode, ProductionNode } from './history.ts';
import { conversionsOf } from './origins.ts';

/** Amounts per pair, in units of 2⁻⁶⁴ mg. */
export type Amounts = ReadonlyMap<PairKey, bigint>;

/** How much of a lot's content came through each ancestor lot and production, as pairs stood at that point. */
export type Flow = {
  readonly lots: ReadonlyMap<Hex, Amounts>;
  readonly productions: ReadonlyMap<Hex, Amounts>;
  /** What reached the places asked about, each unit counted once however many of them it passed. */
  readonly caught: Amounts;
};

/** Places at which to catch the material: productions, and lots (for the legs that they made). */
export type Places = { readonly productions?: ReadonlySet<Hex>; readonly lots?: ReadonlySet<Hex> };

/**
 * Follows a lot's content back to its origins. At a production, what came out is divided among the inputs in
 * proportion to their content, so that each cut through the history sums to the lot's content exactly.
 *
 * @param places where to stop: what arrives there is caught, and goes no further back
 * @throws RangeError where the history is not whole
 */
export function flowOf(history: Lineage, ancestry: Ancestry, places: Places = {}): Flow {
  const lots = new Map<Hex, Map<PairKey, bigint>>([[ancestry.lot.lot, unitsOf(ancestry.lot.content)]]);
  const productions = new Map<Hex, Map<PairKey, bigint>>();
  const caught = new Map<PairKey, bigint>();
  for (const production of ancestry.productions.toReversed()) {
    const amounts = new Map<PairKey, bigint>();
    for (const output of production.outputs) {
      const arrived = lots.get(output);
      if (arrived) add(places.lots?.has(output) ? caught : amounts, arrived);
    }
    if (amounts.size === 0) continue;
    productions.set(production.id, amounts);
    if (places.productions?.has(production.id)) add(caught, amounts);
    else spread(history, production, amounts, lots);
  }
  return { lots, productions, caught };
}

/**
 * What of the lot's content came through any of the places, each unit counted once: what `flowOf` would catch there.
 * Where no place lies behind another, the flow at hand has it already; otherwise the lot's content is followed again.
 *
 * @param flow of the same lot, without places
 */
export function caughtAt(history: Lineage, ancestry: Ancestry, flow: Flow, places: Places): Amounts {
  if (isNested(history, ancestry, places)) return flowOf(history, ancestry, places).caught;
  const caught = new Map<PairKey, bigint>();
  for (const id of places.productions ?? []) add(caught, flow.productions.get(id) ?? new Map());
  for (const id of places.lots ?? []) add(caught, flow.lots.get(id) ?? new Map());
  return caught;
}

/** Units of 2⁻⁶⁴ mg per material, primary and recycled together. */
export function byMaterial(amounts: Amounts): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const [pair, amount] of amounts) {
    const { material } = pairOf(pair);
    if (amount > 0n) sums.set(material, (sums.get(material) ?? 0n) + amount);
  }
  return sums;
}

/** Units in whole milligrams, to the nearest; anything above nothing is at least one. */
export function wholeMilligrams(units: bigint): bigint {
  const nearest = (units + UNITS_PER_MILLIGRAM / 2n) / UNITS_PER_MILLIGRAM;
  return nearest === 0n && units > 0n ? 1n : nearest;
}

/** Whether material can have passed two of the places, one after the other. */
function isNested(history: Lineage, { productions }: Ancestry, places: Places): boolean {
  if ((places.productions?.size ?? 0) + (places.lots?.size ?? 0) < 2) return false;
  const after = new Set<Hex>();
  for (const { id, inputs, outputs } of productions) {
    const comes = inputs.some(
      (input) => places.lots?.has(input) || after.has(lotIn(history, input).production),
    );
    const isPlace = places.productions?.has(id) === true;
    if (comes && isPlace) return true;
    if ((comes || isPlace) && outputs.some((output) => places.lots?.has(output))) return true;
    if (comes || isPlace) after.add(id);
  }
  return false;
}

function spread(
  history: Lineage,
  production: ProductionNode,
  amounts: Amounts,
  lots: Map<Hex, Map<PairKey, bigint>>,
): void {
  if (production.inputs.length === 0) return;
  const inputs = production.inputs.map((input) => lotIn(history, input));
  const inSums = sumContent(inputs.map((input) => input.content));
  const outSums = sumContent(production.outputs.map((output) => lotIn(history, output).content));
  const conversions = conversionsOf(inSums, outSums);
  for (const [pair, amount] of amounts) {
    const converted = pairOf(pair).recycled ? (conversions.get(pairOf(pair).material) ?? 0n) : 0n;
    const shares = converted > 0n ? convertedShares(inputs, pair, converted, inSums) : sharesOf(inputs, pair);
    for (const [key, part] of apportion(amount, shares)) {
      const [lot, from] = key.split(' ') as [Hex, PairKey];
      const sum = lots.get(lot) ?? new Map<PairKey, bigint>();
      lots.set(lot, sum);
      add(sum, new Map([[from, part]]));
    }
  }
}

/** The inputs' content of a pair, by lot and pair. */
function sharesOf(inputs: readonly LotNode[], pair: PairKey, factor = 1n): Map<string, bigint> {
  const shares = new Map<string, bigint>();
  for (const input of inputs)
    for (const { material, recycled, milligrams } of input.content)
      if (pairKey(material, recycled) === pair) shares.set(`${input.lot} ${pair}`, milligrams * factor);
  return shares;
}

/** Recycled out = recycled in + converted; the converted part comes from the primary inputs in proportion. */
function convertedShares(
  inputs: readonly LotNode[],
  pair: PairKey,
  converted: bigint,
  inSums: Amounts,
): Map<string, bigint> {
  const primary = pairKey(pairOf(pair).material, false);
  const primaryIn = inSums.get(primary) ?? 0n;
  return new Map([...sharesOf(inputs, pair, primaryIn), ...sharesOf(inputs, primary, converted)]);
}

function unitsOf(content: readonly Content[]): Map<PairKey, bigint> {
  return new Map(
    [...sumContent([content])].map(([pair, milligrams]) => [pair, milligrams * UNITS_PER_MILLIGRAM]),
  );
}

function add(sums: Map<PairKey, bigint>, amounts: Amounts): void {
  for (const [pair, amount] of amounts) sums.set(pair, (sums.get(pair) ?? 0n) + amount);
}
