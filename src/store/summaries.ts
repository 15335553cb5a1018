import { custodyModels, facilityKinds, processes, recordedTerm } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Content } from '../protocol/statements.ts';
import type { Passages } from '../provenance/passages.ts';
import {
  type ProductionSummary,
  type Summarised,
  type SummarisedLot,
  summariseProduction,
} from '../provenance/summary.ts';
import { insertAll } from './bulk.ts';
import { journeysIn, type LifeEvent, livesOf, restoringsIn } from './lives.ts';
import { decodePassages, encodePassages } from './passages-codec.ts';
import { contentsOf } from './queries/contents.ts';
import type { Db } from './schema.ts';
import { decodeOrigins, decodeSites, encodeOrigins, encodeSites } from './summary-codec.ts';
import { anyOf, rowBytes } from './values.ts';

/** How many productions are summarised at once where there are many. */
const PAGE = 500;

/** Summarises every production above a block, oldest first. Everything else of these blocks is there already. */
export async function summariseAbove(db: Db, block: number): Promise<void> {
  let page: Page;
  do {
    page = await nextOf(db, block);
    if (page.length > 0) await summarisePage(db, page);
  } while (page.length === PAGE);
}

/** What each of the productions passes on; those that are not there are left out. */
export async function summariesOf(db: Db, productions: Iterable<Hex>): Promise<Map<Hex, ProductionSummary>> {
  const rows = await db
    .selectFrom('production_summary as own')
    .innerJoin('production_summary as source', 'source.production', 'own.origins_of')
    .select(['own.production', 'own.origins_of', 'own.sites', 'own.passages', 'source.origins'])
    .select(['own.productions', 'own.lots'])
    .where('own.production', '=', anyOf(productions))
    .execute();
  return new Map(
    rows.map(({ production, origins_of, sites, origins, passages, productions, lots }) => {
      const shares = { of: origins_of, shares: decodeOrigins(origins ?? '0x') };
      return [
        production,
        summaryOf({ origins: shares, ...decodeSites(sites), length: { productions, lots } }, passages),
      ];
    }),
  );
}

/** Passages are read when they are first asked for: who asks for origins alone does not pay for them. */
function summaryOf(rest: Omit<ProductionSummary, 'passages'>, bytes: Hex): ProductionSummary {
  let known: Passages | undefined;
  return {
    ...rest,
    get passages() {
      known ??= decodePassages(bytes);
      return known;
    },
  };
}

/** Productions, oldest first. */
export type Page = readonly (Summarised & { readonly seq: number })[];

async function nextOf(db: Db, block: number): Promise<Page> {
  const rows = await db
    .selectFrom('production')
    .innerJoin('facility', 'facility.id', 'production.facility')
    .leftJoin('production_summary', 'production_summary.production', 'production.id')
    .select([
      'production.id',
      'production.seq',
      'production.facility',
      'custodian',
      'process',
      'facility.kind',
    ])
    .select([
      'custody_model as custodyModel',
      'occurred_at as occurredAt',
      'production.recorded_at as recordedAt',
    ])
    .where('production.block', '>', block)
    .where('production_summary.production', 'is', null)
    .orderBy('production.seq')
    .limit(PAGE)
    .execute();
  return rows.map((row) => ({
    ...row,
    process: recordedTerm(processes, row.process),
    kind: recordedTerm(facilityKinds, row.kind),
    custodyModel: recordedTerm(custodyModels, row.custodyModel),
  }));
}

/** What the summaries of some productions follow from, by production, by lot and, for the makers of inputs, by production. */
type Given = {
  readonly inputs: ReadonlyMap<Hex, readonly Input[]>;
  readonly outputs: ReadonlyMap<Hex, readonly (readonly Content[])[]>;
  readonly lives: ReadonlyMap<Hex, readonly LifeEvent[]>;
  readonly known: ReadonlyMap<Hex, ProductionSummary>;
};

/** The rows of these productions, oldest first, one after the other: the next may be made from what one passes on. */
export function* summaryRows(page: Page, { inputs, outputs, lives, known }: Given) {
  const made = new Map(known);
  for (const { seq, ...production } of page) {
    const lots = (inputs.get(production.id) ?? []).map(({ maker, ...born }): SummarisedLot => {
      const summary = made.get(maker);
      if (!summary) throw new Error(`Production ${maker} comes before ${production.id} and has no summary`);
      const life = (lives.get(born.lot) ?? []).filter((event) => event.seq < seq);
      return { ...born, made: summary, journeys: journeysIn(life), restored: restoringsIn(life) };
    });
    const summary = summariseProduction(production, lots, outputs.get(production.id) ?? []);
    made.set(production.id, summary);
    yield summaryRow(production.id, summary);
  }
}

async function summarisePage(db: Db, page: Page): Promise<void> {
  const ids = page.map(({ id }) => id);
  const inputs = await inputsOf(db, ids);
  const outputs = await outputsOf(db, ids);
  const used = [...inputs.values()].flat();
  const lives = await livesOf(
    db,
    used.map(({ lot }) => lot),
  );
  const known = await summariesOf(
    db,
    used.map(({ maker }) => maker),
  );
  await insertAll(db, 'production_summary', [...summaryRows(page, { inputs, outputs, lives, known })]);
}

function summaryRow(id: Hex, { origins, passages, length, ...sites }: ProductionSummary) {
  return {
    ...length,
    production: rowBytes(id),
    origins_of: rowBytes(origins.of),
    origins: origins.of === id ? rowBytes(encodeOrigins(origins.shares)) : null,
    sites: rowBytes(encodeSites(sites)),
    passages: rowBytes(encodePassages(passages)),
  };
}

export type Input = Pick<SummarisedLot, 'lot' | 'milligrams' | 'content' | 'bornAt'> & {
  readonly maker: Hex;
};

async function inputsOf(db: Db, productions: readonly Hex[]): Promise<Map<Hex, Input[]>> {
  const rows = await db
    .selectFrom('production_input')
    .innerJoin('lot', 'lot.id', 'production_input.lot')
    .innerJoin('production', 'production.id', 'lot.production')
    .select(['production_input.production', 'lot.id as lot', 'lot.production as maker'])
    .select(['lot.milligrams', 'production.facility as bornAt'])
    .where('production_input.production', '=', anyOf(productions))
    .orderBy('production_input.production')
    .orderBy('position')
    .execute();
  const contents = await contentsOf(
    db,
    rows.map(({ lot }) => lot),
  );
  const inputs = rows.map((row) => ({ ...row, content: contents.get(row.lot) ?? [] }));
  return Map.groupBy(inputs, ({ production }) => production);
}

async function outputsOf(db: Db, productions: readonly Hex[]): Promise<Map<Hex, Content[][]>> {
  const rows = await db
    .selectFrom('lot')
    .select(['id', 'production'])
    .where('production', '=', anyOf(productions))
    .execute();
  const contents = await contentsOf(
    db,
    rows.map(({ id }) => id),
  );
  const byProduction = Map.groupBy(rows, ({ production }) => production);
  return new Map(
    [...byProduction].map(([production, lots]) => [production, lots.map(({ id }) => contents.get(id) ?? [])]),
  );
}
