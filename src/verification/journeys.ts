import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';
import { findCountry } from '../protocol/countries.ts';
import type { JsonValue } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { History, ProductionNode } from '../provenance/history.ts';
import { type CarriedLeg, carriedPairs, disclosedIn, type Facts, type Move, type SiteUse } from './facts.ts';
import type { Lineage } from './gather.ts';

/** The legs that material in scope made, by time, and the moves between sites that no dispatch tells of. */
export function journeysOf(lineage: Lineage, uses: readonly SiteUse[]): Pick<Facts, 'legs' | 'moves'> {
  const { history, policy, flow } = lineage;
  const spentBy = new Map(
    lineage.ancestry.productions.flatMap((one) => one.inputs.map((input) => [input, one] as const)),
  );
  const upstream = upstreamPairs(lineage, uses);
  const legs: CarriedLeg[] = [];
  const moves: Move[] = [];
  for (const [id, amounts] of flow.lots) {
    const pairs = carriedPairs(policy, amounts).map(({ material, recycled }) => pairKey(material, recycled));
    const materials = materialsOf(pairs);
    const upstreamMaterials = materialsOf(upstream(id, pairs));
    if (materials.length === 0) continue;
    for (const leg of history.legs.get(id) ?? []) {
      const [from, to] = [history.facilities.get(leg.from), history.facilities.get(leg.to)];
      const transit = transitCountries(disclosedIn(history, leg.evidence).transitCountries);
      const sent = history.lots.get(id)?.milligrams ?? 0n;
      if (from && to) legs.push({ leg, from, to, sent, transit, upstreamMaterials, materials });
    }
    moves.push(...movesOf(history, id, spentBy.get(id)));
  }
  return {
    legs: legs.sort(byTime),
    moves: moves.sort((a, b) => a.before - b.before || (a.lot < b.lot ? -1 : 1)),
  };
}

/** Of a lot, the pairs that are upstream: they have passed no choke point, or have one still to come. */
type Upstream = (lot: Hex, pairs: readonly PairKey[]) => PairKey[];

/** Downstream is what has passed its last choke point; everything else is upstream. Each pair for itself. */
function upstreamPairs({ ancestry, flow }: Lineage, uses: readonly SiteUse[]): Upstream {
  const chokes = new Set(uses.filter((use) => use.chokePoint).map((use) => use.production.id));
  const pairsOf = (lot: Hex): PairKey[] => [...(flow.lots.get(lot)?.keys() ?? [])];
  const passed = new Map<Hex, ReadonlySet<PairKey>>();
  for (const { id, inputs, outputs } of ancestry.productions) {
    const before = new Set(
      inputs.flatMap((lot) => pairsOf(lot).filter((pair) => passed.get(lot)?.has(pair))),
    );
    for (const lot of outputs)
      passed.set(lot, new Set(pairsOf(lot).filter((pair) => chokes.has(id) || before.has(pair))));
  }
  const ahead = new Map<Hex, ReadonlySet<PairKey>>();
  for (const { id, inputs, outputs } of ancestry.productions.toReversed()) {
    const after = new Set(outputs.flatMap((lot) => [...(ahead.get(lot) ?? [])]));
    for (const lot of inputs)
      ahead.set(lot, new Set(pairsOf(lot).filter((pair) => chokes.has(id) || after.has(pair))));
  }
  return (lot, pairs) => pairs.filter((pair) => ahead.get(lot)?.has(pair) || !passed.get(lot)?.has(pair));
}

/** The materials of pairs, each once. */
export function materialsOf(pairs: readonly PairKey[]): number[] {
  return [...new Set(pairs.map((pair) => pairOf(pair).material))];
}

/** The moves of a lot that no dispatch tells of, the last of them into what spent it. */
export function movesOf(history: History, id: Hex, spentBy: ProductionNode | undefined): Move[] {
  const born = history.productions.get(history.lots.get(id)?.production ?? id);
  if (!born) return [];
  const moves: Move[] = [];
  let here = born.facility;
  const go = (there: Hex, party: Hex, before: number, statement: Hex) => {
    const [from, to] = [history.facilities.get(here), history.facilities.get(there)];
    if (from && to && here !== there) moves.push({ lot: id, party, from, to, before, statement });
  };
  for (const leg of history.legs.get(id) ?? []) {
    go(leg.from, leg.consignor, leg.occurredAt, leg.dispatch);
    here = leg.receipt?.kind === 'accept' ? leg.to : leg.from;
  }
  if (spentBy) go(spentBy.facility, spentBy.custodian, spentBy.occurredAt, spentBy.id);
  return moves;
}

/** Countries as evidence spells them: alpha-2 codes or ISO 3166-1 numbers. Null where one cannot be read. */
export function transitCountries(value: JsonValue | undefined): number[] | null {
  if (!Array.isArray(value)) return null;
  const countries = value.map((code) =>
    typeof code === 'object' ? undefined : findCountry(String(code))?.numeric,
  );
  return countries.every((country) => country !== undefined) ? countries : null;
}

/** Legs of one lot at the same time keep the ledger's order. */
export function byTime({ leg: a }: CarriedLeg, { leg: b }: CarriedLeg): number {
  const times = a.occurredAt - b.occurredAt || a.recordedAt - b.recordedAt;
  if (times !== 0 || a.lot === b.lot) return times;
  return a.lot < b.lot ? -1 : 1;
}
