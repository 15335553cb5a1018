import { UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import type { FacilityKind, Process } from '../protocol/codes.ts';
import { type PairKey, pairKey, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { isOriginProcess } from '../protocol/origin.ts';
import type { Content } from '../protocol/statements.ts';
import { wholeMilligrams } from './flow.ts';
import type { ProductionNode } from './history.ts';
import { conversionsOf, milligramsOf, type OriginSummary, type OriginVectors, summarise } from './origins.ts';
import type { Journey, Passages, Restoring, TravelledLot } from './passages.ts';
import { passagesOf, passagesOfLot } from './passing.ts';
import { addUnits, portion, type Units, unitsOf } from './units.ts';

/** What of some material passed one site, each unit counted once however often it came by: when, and who held it. */
export type SitePassage = {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly processes: ReadonlySet<Process>;
  readonly holders: ReadonlySet<Hex>;
  readonly through: Units;
};

/**
 * What a production passes on to every lot that it made, so that nothing before it has to be read again. `totals` is
 * the whole that each site's `through` is a part of.
 */
export type ProductionSummary = {
  readonly origins: OriginSummary;
  readonly totals: Units;
  readonly sites: ReadonlyMap<Hex, SitePassage>;
  readonly passages: Passages;
  readonly length: HistoryLength;
};

/**
 * No more productions, this one among them, and no more lots that they made: what two inputs share counts twice.
 */
export type HistoryLength = { readonly productions: number; readonly lots: number };

/** Longer histories are not told apart. */
const LONGEST = 1_000_000_000;

/**
 * A lot with all that came before it: the summary of the production that made it, at `bornAt`, its own journeys, and the
 * corrections that gave it back.
 */
export type SummarisedLot = {
  readonly lot: Hex;
  readonly milligrams: bigint;
  readonly content: readonly Content[];
  readonly made: ProductionSummary;
  readonly bornAt: Hex;
  readonly journeys: readonly Journey[];
  readonly restored: readonly Restoring[];
};

/** A production, as far as its summary depends on it; `kind` is that of its site. */
export type Summarised = Pick<
  ProductionNode,
  'id' | 'facility' | 'process' | 'custodyModel' | 'custodian' | 'occurredAt' | 'recordedAt'
> & { readonly kind: FacilityKind };

/**
 * The summary of one production, from its inputs alone. Of what a lot's maker passed on, the lot has
 * floor(content · through / total) at each site, and all of its content at the sites of its own journeys; a production
 * adds its inputs up, and its own site has all of it. So a site's part is short by at most a unit per step.
 *
 * @throws RangeError where more comes out of a pair than went in, which no ledger records
 */
export function summariseProduction(
  production: Summarised,
  inputs: readonly SummarisedLot[],
  outputs: readonly (readonly Content[])[],
): ProductionSummary {
  const lots = inputs.map(({ content, made }) => ({ content, summary: made.origins }));
  const origins = summarise(production, lots, outputs);
  const sites = new Map<Hex, Growing>();
  const [into, out] = [sumContent(inputs.map(({ content }) => content)), sumContent(outputs)];
  const isOrigin = isOriginProcess(production.process);
  const totals = unitsOf(isOrigin ? out : into);
  const joined = new Set<ProductionSummary>();
  for (const input of inputs) addSitesOf(input, sites, joined);
  const conversions = isOrigin ? new Map<number, bigint>() : conversionsOf(into, out);
  const passages = passagesOf(
    { ...production, isOrigin, pairs: [...out.keys()], totals: new Map(totals), conversions },
    inputs.map(travelled),
  );
  convert(sites, totals, conversions);
  const { facility, custodian, occurredAt, process } = production;
  const here = visit(sites, { facility, holder: custodian, at: occurredAt });
  here.processes.add(process);
  here.through = new Map(totals);
  return { origins, totals, sites, passages, length: lengthOf(inputs, outputs.length) };
}

function lengthOf(inputs: readonly SummarisedLot[], lots: number): HistoryLength {
  const makers = [...new Set(inputs.map(({ made }) => made))];
  const sum = (count: (length: HistoryLength) => number, own: number) =>
    Math.min(
      LONGEST,
      makers.reduce((all, made) => all + count(made.length), own),
    );
  return { productions: sum((length) => length.productions, 1), lots: sum((length) => length.lots, lots) };
}

/** What a lot came through, by site, route and party. */
export function passagesOfSummarised(lot: SummarisedLot): Passages {
  return passagesOfLot(travelled(lot));
}

/** A lot, as far as its passages depend on it. */
export function travelled(lot: SummarisedLot): TravelledLot {
  return { ...lot, units: unitsOf(sumContent([lot.content])) };
}

/** Every site that a lot or an ancestor was at, with what of the lot's content passed it. */
export function sitesOfLot(lot: SummarisedLot): Map<Hex, SitePassage> {
  const sites = new Map<Hex, Growing>();
  addSitesOf(lot, sites, new Set());
  return sites;
}

/** @param joined the makers whose lots were added before: when, by whom and how they came by need not be added again */
function addSitesOf(
  { content, made, journeys }: SummarisedLot,
  sites: Map<Hex, Growing>,
  joined: Set<ProductionSummary>,
): void {
  const own = unitsOf(sumContent([content]));
  const visited = sitesVisited(journeys);
  for (const [facility, passage] of made.sites) {
    const site = sites.get(facility) ?? emptyPassage(passage.firstAt);
    sites.set(facility, site);
    if (!joined.has(made)) join(site, passage);
    if (visited.has(facility)) continue;
    for (const [pair, units] of own)
      addUnits(site.through, pair, portion(units, passage.through.get(pair), made.totals.get(pair)));
  }
  joined.add(made);
  for (const [facility, passage] of visited) {
    const site = sites.get(facility) ?? emptyPassage(passage.firstAt);
    sites.set(facility, site);
    join(site, passage);
    for (const [pair, units] of own) addUnits(site.through, pair, units);
  }
}

/** The sites of a lot's own journeys: all of it passed them. */
function sitesVisited(journeys: readonly Journey[]): Map<Hex, Growing> {
  const sites = new Map<Hex, Growing>();
  for (const { from, to, consignor, consignee, occurredAt, receipt } of journeys) {
    visit(sites, { facility: from, holder: consignor, at: occurredAt });
    if (receipt?.kind === 'accept') visit(sites, { facility: to, holder: consignee, at: receipt.occurredAt });
  }
  return sites;
}

/** A lot's origins in milligrams: per pair they sum to its content exactly. */
export function originsOfLot({ content, made }: Pick<SummarisedLot, 'content' | 'made'>): OriginVectors {
  return milligramsOf(content, made.origins);
}

/** What passed a site in milligrams per pair, to the nearest; anything above nothing is at least one. */
export function milligramsThrough({ through }: SitePassage): Map<PairKey, bigint> {
  return new Map([...through].map(([pair, units]) => [pair, wholeMilligrams(units)]));
}

type Growing = {
  firstAt: number;
  lastAt: number;
  processes: Set<Process>;
  holders: Set<Hex>;
  through: Map<PairKey, bigint>;
};

function visit(
  sites: Map<Hex, Growing>,
  { facility, holder, at }: { facility: Hex; holder: Hex; at: number },
) {
  const site = sites.get(facility) ?? emptyPassage(at);
  site.firstAt = Math.min(site.firstAt, at);
  site.lastAt = Math.max(site.lastAt, at);
  site.holders.add(holder);
  sites.set(facility, site);
  return site;
}

function emptyPassage(at: number): Growing {
  return { firstAt: at, lastAt: at, processes: new Set(), holders: new Set(), through: new Map() };
}

function join(site: Growing, { firstAt, lastAt, processes, holders }: SitePassage): void {
  site.firstAt = Math.min(site.firstAt, firstAt);
  site.lastAt = Math.max(site.lastAt, lastAt);
  for (const process of processes) site.processes.add(process);
  for (const holder of holders) site.holders.add(holder);
}

/** What became recycled keeps the way that the primary material came. */
function convert(
  sites: Map<Hex, Growing>,
  totals: Map<PairKey, bigint>,
  conversions: ReadonlyMap<number, bigint>,
): void {
  for (const [material, milligrams] of conversions) {
    const [primary, recycled] = [pairKey(material, false), pairKey(material, true)];
    const converted = milligrams * UNITS_PER_MILLIGRAM;
    for (const { through } of sites.values()) {
      const part = portion(converted, through.get(primary), totals.get(primary));
      addUnits(through, recycled, part);
    }
    addUnits(totals, recycled, converted);
  }
}
