import { findCountry } from '../protocol/countries.ts';
import type { JsonValue } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { History, ProductionNode } from '../provenance/history.ts';
import { type CarriedLeg, carriedPairs, disclosedIn, type Facts, type Move, type SiteUse } from './facts.ts';
import type { Lineage } from './gather.ts';

/** The legs that material in scope made, by time, and the moves between sites that no dispatch tells of. */
export function journeysOf(lineage: Lineage, uses: readonly SiteUse[]): Pick<Facts, 'legs' | 'moves'> {
  const { history, policy, ancestry, flow } = lineage;
  const spentBy = new Map(
    ancestry.productions.flatMap((one) => one.inputs.map((input) => [input, one] as const)),
  );
  const isUpstream = upstreamLots(lineage, uses, spentBy);
  const legs: CarriedLeg[] = [];
  const moves: Move[] = [];
  for (const [id, amounts] of flow.lots) {
    const materials = [...new Set(carriedPairs(policy, amounts).map(({ material }) => material))];
    if (materials.length === 0) continue;
    for (const leg of history.legs.get(id) ?? []) {
      const [from, to] = [history.facilities.get(leg.from), history.facilities.get(leg.to)];
      const transit = transitCountries(disclosedIn(history, leg.evidence).transitCountries);
      const sent = history.lots.get(id)?.milligrams ?? 0n;
      if (from && to) legs.push({ leg, from, to, sent, transit, upstream: isUpstream(id), materials });
    }
    moves.push(...movesOf(history, id, spentBy.get(id)));
  }
  return {
    legs: legs.sort(byTime),
    moves: moves.sort((a, b) => a.before - b.before || (a.lot < b.lot ? -1 : 1)),
  };
}

/** Downstream is what has passed its last smelter or refiner; everything else is upstream. */
function upstreamLots(
  { history, ancestry }: Lineage,
  uses: readonly SiteUse[],
  spentBy: ReadonlyMap<Hex, ProductionNode>,
): (lot: Hex) => boolean {
  const chokes = new Set(uses.filter((use) => use.chokePoint).map((use) => use.production.id));
  const maker = (lot: Hex) => history.lots.get(lot)?.production ?? lot;
  const passed = new Set<Hex>();
  for (const { id, inputs } of ancestry.productions)
    if (chokes.has(id) || inputs.some((input) => passed.has(maker(input)))) passed.add(id);
  const ahead = new Set<Hex>();
  for (const { id, outputs } of ancestry.productions.toReversed())
    if (chokes.has(id) || outputs.some((output) => ahead.has(spentBy.get(output)?.id ?? output)))
      ahead.add(id);
  return (lot) => ahead.has(spentBy.get(lot)?.id ?? lot) || !passed.has(maker(lot));
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
