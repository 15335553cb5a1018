import { apportion, type Shares, UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { type PairKey, pairKey, pairOf, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { isOriginProcess, originKey } from '../protocol/origin.ts';
import type { Content } from '../protocol/statements.ts';
import { type Ancestry, lotIn } from './graph.ts';
import type { History, ProductionNode } from './history.ts';

/**
 * Where a production's material comes from: per pair, S by origin key (units of 2⁻⁶⁴ mg; M is their sum).
 * `of` is the production that computed it: productions that inherit a summary pass it on with its identity.
 */
export type OriginSummary = { readonly of: Hex; readonly shares: ReadonlyMap<PairKey, Shares> };

/** A spent lot: its content, and the summary of the production that made it. */
export type SpentLot = { readonly content: readonly Content[]; readonly summary: OriginSummary };

/** Amounts by origin key, per pair. */
export type OriginVectors = ReadonlyMap<PairKey, ReadonlyMap<string, bigint>>;

/**
 * The summary of one production, from those of its inputs: what the attribution rule says, and nothing else.
 * Inputs that all share one summary pass it on, unless primary material becomes recycled here.
 *
 * @param outputs the content of every lot that the production made
 * @throws RangeError where more comes out of a pair than went in, which no ledger records
 */
export function summarise(
  production: Pick<ProductionNode, 'id' | 'facility' | 'process'>,
  inputs: readonly SpentLot[],
  outputs: readonly (readonly Content[])[],
): OriginSummary {
  const out = sumContent(outputs);
  if (isOriginProcess(production.process)) {
    const key = originKey({ facility: production.facility, process: production.process });
    const shares = [...out].map(
      ([pair, mass]) => [pair, new Map([[key, mass * UNITS_PER_MILLIGRAM]])] as const,
    );
    return { of: production.id, shares: new Map(shares) };
  }
  const conversions = conversionsOf(sumContent(inputs.map((input) => input.content)), out);
  const first = inputs[0]?.summary;
  if (first && conversions.size === 0 && inputs.every((input) => input.summary.of === first.of)) return first;
  const shares = sumVectors(inputs.map((input) => vectorsOf(input.content, input.summary)));
  convert(shares, conversions);
  return { of: production.id, shares };
}

/** A lot's vectors, in units of 2⁻⁶⁴ mg: per pair, apportion(content × 2⁶⁴, S, M). */
export function vectorsOf(content: readonly Content[], summary: OriginSummary): OriginVectors {
  return divide(content, summary, UNITS_PER_MILLIGRAM);
}

/** A lot's origins in milligrams: per pair, apportion(content, S, M). They sum to the content exactly. */
export function milligramsOf(content: readonly Content[], summary: OriginSummary): OriginVectors {
  return divide(content, summary, 1n);
}

/**
 * The summary of the production that made an ancestry's lot.
 *
 * @throws RangeError where the history is not whole
 */
export function summaryOf(history: History, ancestry: Ancestry): OriginSummary {
  const summaries = new Map<Hex, OriginSummary>();
  const known = (production: Hex): OriginSummary => {
    const summary = summaries.get(production);
    if (!summary)
      throw new RangeError(`Production ${production} is not in the ancestry of ${ancestry.lot.lot}`);
    return summary;
  };
  for (const production of ancestry.productions) {
    const inputs = production.inputs.map((input) => {
      const lot = lotIn(history, input);
      return { content: lot.content, summary: known(lot.production) };
    });
    const outputs = production.outputs.map((output) => lotIn(history, output).content);
    summaries.set(production.id, summarise(production, inputs, outputs));
  }
  return known(ancestry.lot.production);
}

/** Milligrams per material that a production turned from primary into recycled: recycled out − recycled in. */
export function conversionsOf(
  inputs: ReadonlyMap<PairKey, bigint>,
  outputs: ReadonlyMap<PairKey, bigint>,
): Map<number, bigint> {
  const conversions = new Map<number, bigint>();
  for (const [pair, mass] of outputs) {
    const { material, recycled } = pairOf(pair);
    const converted = mass - (inputs.get(pair) ?? 0n);
    if (recycled && converted > 0n) conversions.set(material, converted);
  }
  return conversions;
}

function divide(content: readonly Content[], summary: OriginSummary, units: bigint): OriginVectors {
  return new Map(
    content.map(({ material, recycled, milligrams }) => {
      const pair = pairKey(material, recycled);
      return [pair, apportion(milligrams * units, summary.shares.get(pair) ?? new Map())];
    }),
  );
}

function sumVectors(vectors: readonly OriginVectors[]): Map<PairKey, Map<string, bigint>> {
  const sums = new Map<PairKey, Map<string, bigint>>();
  for (const vector of vectors) for (const [pair, amounts] of vector) addTo(sums, pair, amounts);
  return sums;
}

function convert(shares: Map<PairKey, Map<string, bigint>>, conversions: ReadonlyMap<number, bigint>): void {
  for (const [material, milligrams] of conversions) {
    const primary = shares.get(pairKey(material, false)) ?? new Map<string, bigint>();
    addTo(shares, pairKey(material, true), apportion(milligrams * UNITS_PER_MILLIGRAM, primary));
  }
}

function addTo(
  sums: Map<PairKey, Map<string, bigint>>,
  pair: PairKey,
  amounts: ReadonlyMap<string, bigint>,
): void {
  const sum = sums.get(pair) ?? new Map<string, bigint>();
  for (const [key, amount] of amounts) sum.set(key, (sum.get(key) ?? 0n) + amount);
  sums.set(pair, sum);
}
