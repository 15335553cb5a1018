import { sql } from 'kysely';
import { processes, recordedTerm } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Content } from '../protocol/statements.ts';
import {
  type Journey,
  type ProductionSummary,
  type Summarised,
  type SummarisedLot,
  summariseProduction,
} from '../provenance/summary.ts';
import { insertAll } from './bulk.ts';
import { contentsOf } from './queries/contents.ts';
import type { Db } from './schema.ts';
import { decodeOrigins, decodeSites, encodeOrigins, encodeSites } from './summary-codec.ts';
import { anyOf, bytes, bytesArray } from './values.ts';

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
    .select(['own.production', 'own.origins_of', 'own.sites', 'source.origins'])
    .where('own.production', '=', anyOf(productions))
    .execute();
  return new Map(
    rows.map(({ production, origins_of, sites, origins }) => [
      production,
      { origins: { of: origins_of, shares: decodeOrigins(origins ?? '0x') }, ...decodeSites(sites) },
    ]),
  );
}

type Page = readonly (Summarised & { readonly seq: number })[];

async function nextOf(db: Db, block: number): Promise<Page> {
  const rows = await db
    .selectFrom('production')
    .leftJoin('production_summary', 'production_summary.production', 'production.id')
    .select(['id', 'seq', 'facility', 'custodian', 'process', 'occurred_at as occurredAt'])
    .where('block', '>', block)
    .where('production_summary.production', 'is', null)
    .orderBy('seq')
    .limit(PAGE)
    .execute();
  return rows.map((row) => ({ ...row, process: recordedTerm(processes, row.process) }));
}

async function summarisePage(db: Db, page: Page): Promise<void> {
  const ids = page.map(({ id }) => id);
  const inputs = await inputsOf(db, ids);
  const outputs = await outputsOf(db, ids);
  const used = [...inputs.values()].flat();
  const journeys = await journeysOf(
    db,
    used.map(({ lot }) => lot),
  );
  const known = await summariesOf(
    db,
    used.map(({ maker }) => maker),
  );
  for (const { seq, ...production } of page) {
    const lots = (inputs.get(production.id) ?? []).map(({ lot, maker, content }): SummarisedLot => {
      const made = known.get(maker);
      if (!made) throw new Error(`Production ${maker} comes before ${production.id} and has no summary`);
      return { content, made, journeys: (journeys.get(lot) ?? []).filter((journey) => journey.seq < seq) };
    });
    known.set(production.id, summariseProduction(production, lots, outputs.get(production.id) ?? []));
  }
  await insertAll(
    db,
    'production_summary',
    ids.map((id) => summaryRow(id, known.get(id) as ProductionSummary)),
  );
}

function summaryRow(id: Hex, { origins, ...sites }: ProductionSummary) {
  return {
    production: bytes(id),
    origins_of: bytes(origins.of),
    origins: origins.of === id ? bytes(encodeOrigins(origins.shares)) : null,
    sites: bytes(encodeSites(sites)),
  };
}

type Input = { readonly lot: Hex; readonly maker: Hex; readonly content: readonly Content[] };

async function inputsOf(db: Db, productions: readonly Hex[]): Promise<Map<Hex, Input[]>> {
  const rows = await db
    .selectFrom('production_input')
    .innerJoin('lot', 'lot.id', 'production_input.lot')
    .select(['production_input.production', 'lot.id as lot', 'lot.production as maker'])
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

type JourneyRow = Journey & { readonly lot: Hex; readonly seq: number };

/** The journeys of each lot, oldest first; what follows a dispatch in a lot's life is how it ended. */
export async function journeysOf(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, JourneyRow[]>> {
  const { rows } = await sql<Omit<JourneyRow, 'receipt'> & { kind: string | null; endedAt: number | null }>`
    select sent.lot, sent.seq, dispatch.consignor, dispatch.consignee, dispatch.from_facility as "from",
      dispatch.to_facility as "to", dispatch.occurred_at as "occurredAt", ended.kind, ended.occurred_at as "endedAt"
    from lot_event sent join dispatch on dispatch.id = sent.statement
    left join lateral (
      select kind, occurred_at from lot_event after where after.lot = sent.lot and after.seq > sent.seq
      order by seq limit 1
    ) ended on true
    where sent.lot = any(${bytesArray(lots)}) order by sent.seq`.execute(db);
  const journeys = rows.map(({ kind, endedAt, ...row }): JourneyRow => {
    const ended = kind === 'accept' || kind === 'refuse' || kind === 'recall';
    return { ...row, receipt: ended ? { kind, occurredAt: endedAt ?? row.occurredAt } : null };
  });
  return Map.groupBy(journeys, ({ lot }) => lot);
}
