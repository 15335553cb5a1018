import { type PairKey, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { isOriginProcess, originKey } from '../protocol/origin.ts';
import { flowOf } from './flow.ts';
import { type Ancestry, lotIn } from './graph.ts';
import type { Lineage } from './history.ts';
import { addUnits, unitsOf } from './units.ts';

/** A site that material of the lot passed. `entered`: what came onto the ledger there, by `originKey` and pair. */
export type FlowSite = {
  readonly key: string;
  readonly facility: Hex;
  readonly entered: ReadonlyMap<string, ReadonlyMap<PairKey, bigint>>;
};

/** What of the lot's content one lot carried from where it was made to where it was used, as the pair stood then. */
export type FlowStep = {
  readonly from: string;
  readonly to: string;
  readonly pair: PairKey;
  readonly units: bigint;
  readonly lot: Hex;
  readonly spentBy: Hex | null;
};

export type SiteFlow = { readonly sites: readonly FlowSite[]; readonly steps: readonly FlowStep[] };

/** Where the flow ends: the lot itself. */
export const THE_LOT = 'lot';

/**
 * How a lot's content came from site to site, exactly, in units of 2⁻⁶⁴ mg: what enters sums to the lot's content, and
 * leaves each site as it came (primary may leave a recycler as recycled). What stays at a site is no step. A site that material came back
 * to stands there as often as it takes to keep the flow from going in a circle.
 */
export function siteFlowOf(lineage: Lineage, ancestry: Ancestry): SiteFlow {
  const flow = flowOf(lineage, ancestry);
  const keys = siteKeys(lineage, ancestry);
  const sites = new Map<string, { key: string; facility: Hex; entered: Map<string, Map<PairKey, bigint>> }>();
  const steps: FlowStep[] = [];
  for (const { id, facility, process, inputs } of ancestry.productions) {
    const amounts = flow.productions.get(id);
    if (!amounts) continue;
    const key = keys.get(id) ?? facility;
    const site = sites.get(key) ?? { key, facility, entered: new Map() };
    sites.set(key, site);
    if (isOriginProcess(process)) enter(site.entered, originKey({ facility, process }), amounts);
    for (const lot of inputs) {
      const from = keys.get(lotIn(lineage, lot).production) ?? '';
      for (const [pair, units] of flow.lots.get(lot) ?? [])
        if (from !== key && units > 0n) steps.push({ from, to: key, pair, units, lot, spentBy: id });
    }
  }
  const { lot, production, content } = ancestry.lot;
  const last = { from: keys.get(production) ?? '', to: THE_LOT, lot, spentBy: null };
  for (const [pair, units] of unitsOf(sumContent([content]))) steps.push({ ...last, pair, units });
  return { sites: [...sites.values()], steps };
}

function enter(
  entered: Map<string, Map<PairKey, bigint>>,
  key: string,
  amounts: ReadonlyMap<PairKey, bigint>,
): void {
  const sums = entered.get(key) ?? new Map<PairKey, bigint>();
  entered.set(key, sums);
  for (const [pair, units] of amounts) addUnits(sums, pair, units);
}

/** The site of each production; where sites go in a circle, the site and how many changes of site there are to the lot. */
function siteKeys(lineage: Lineage, { productions }: Ancestry): Map<Hex, string> {
  const layers = new Map<Hex, number>();
  const next = new Map<Hex, Set<Hex>>();
  for (const { id, facility, inputs } of productions.toReversed())
    for (const lot of inputs) {
      const made = lineage.productions.get(lotIn(lineage, lot).production);
      if (!made) continue;
      const changes = made.facility === facility ? 0 : 1;
      if (changes > 0) next.set(made.facility, (next.get(made.facility) ?? new Set()).add(facility));
      layers.set(made.id, Math.max(layers.get(made.id) ?? 0, (layers.get(id) ?? 0) + changes));
    }
  const isRound = goesRound(next);
  return new Map(
    productions.map(({ id, facility }) => [id, isRound ? `${facility}@${layers.get(id) ?? 0}` : facility]),
  );
}

/** Whether following the sites comes back to one: takes away, again and again, those that nothing comes to. */
function goesRound(next: ReadonlyMap<Hex, ReadonlySet<Hex>>): boolean {
  const coming = new Map<Hex, number>([...next.keys()].map((site) => [site, 0]));
  for (const sites of next.values()) for (const site of sites) coming.set(site, (coming.get(site) ?? 0) + 1);
  const free = [...coming].filter(([, count]) => count === 0).map(([site]) => site);
  let taken = 0;
  for (const site of free) {
    taken += 1;
    for (const to of next.get(site) ?? []) {
      const left = (coming.get(to) ?? 0) - 1;
      coming.set(to, left);
      if (left === 0) free.push(to);
    }
  }
  return taken < coming.size;
}
