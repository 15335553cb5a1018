import { sql } from 'kysely';
import { custodyModels, facilityKinds, processes, recordedTerm } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Content } from '../protocol/statements.ts';
import type { Journey, Passages, Restoring } from '../provenance/passages.ts';
import {
  type ProductionSummary,
  type Summarised,
  type SummarisedLot,
  summariseProduction,
} from '../provenance/summary.ts';
import { insertAll } from './bulk.ts';
import { decodePassages, encodePassages } from './passages-codec.ts';
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

type Page = readonly (Summarised & { readonly seq: number })[];

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

async function summarisePage(db: Db, page: Page): Promise<void> {
  const ids = page.map(({ id }) => id);
  const inputs = await inputsOf(db, ids);
  const outputs = await outputsOf(db, ids);
  const used = [...inputs.values()].flat();
  const lotsUsed = used.map(({ lot }) => lot);
  const [journeys, restored] = [await journeysOf(db, lotsUsed), await restoringsOf(db, lotsUsed)];
  const known = await summariesOf(
    db,
    used.map(({ maker }) => maker),
  );
  for (const { seq, ...production } of page) {
    const before = (one: { readonly seq: number }) => one.seq < seq;
    const lots = (inputs.get(production.id) ?? []).map(({ maker, ...born }): SummarisedLot => {
      const made = known.get(maker);
      if (!made) throw new Error(`Production ${maker} comes before ${production.id} and has no summary`);
      const came = {
        journeys: (journeys.get(born.lot) ?? []).filter(before),
        restored: (restored.get(born.lot) ?? []).filter(before),
      };
      return { ...born, made, ...came };
    });
    known.set(production.id, summariseProduction(production, lots, outputs.get(production.id) ?? []));
  }
  await insertAll(
    db,
    'production_summary',
    ids.map((id) => summaryRow(id, known.get(id) as ProductionSummary)),
  );
}

function summaryRow(id: Hex, { origins, passages, length, ...sites }: ProductionSummary) {
  return {
    ...length,
    production: bytes(id),
    origins_of: bytes(origins.of),
    origins: origins.of === id ? bytes(encodeOrigins(origins.shares)) : null,
    sites: bytes(encodeSites(sites)),
    passages: bytes(encodePassages(passages)),
  };
}

type Input = Pick<SummarisedLot, 'lot' | 'milligrams' | 'content' | 'bornAt'> & { readonly maker: Hex };

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

type JourneyRow = Journey & { readonly lot: Hex; readonly seq: number };
type Ended = {
  readonly kind: string | null;
  readonly endedAt: number;
  readonly endedRecordedAt: number;
  readonly weighed: bigint | null;
};

/** A lot by lot look-up (`offset 0`), for tables that are being filled have no statistics, and PostgreSQL would read all of them. */
function eventsOf(lots: Iterable<Hex>, kind: 'dispatch' | 'restore') {
  return sql`unnest(${bytesArray(lots)}) as asked (lot)
    cross join lateral (select * from lot_event where lot_event.lot = asked.lot and kind = ${kind} offset 0) happened`;
}

/** The journeys of each lot, oldest first; what follows a dispatch in a lot's life is how it ended. */
export async function journeysOf(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, JourneyRow[]>> {
  const { rows } = await sql<Omit<JourneyRow, 'receipt'> & Ended>`
    select happened.lot, happened.seq, dispatch.consignor, dispatch.consignee, dispatch.from_facility as "from",
      dispatch.to_facility as "to", dispatch.occurred_at as "occurredAt", dispatch.recorded_at as "recordedAt",
      ended.kind, ended.occurred_at as "endedAt", ended.recorded_at as "endedRecordedAt", ended.weighed
    from ${eventsOf(lots, 'dispatch')}
    cross join lateral (select * from dispatch where id = happened.statement offset 0) dispatch
    left join lateral (
      select kind, occurred_at, recorded_at, weighed from lot_event after
      where after.lot = happened.lot and after.seq > happened.seq order by seq limit 1
    ) ended on true`.execute(db);
  const journeys = rows.map(({ kind, endedAt, endedRecordedAt, weighed, ...row }): JourneyRow => {
    if (kind !== 'accept' && kind !== 'refuse' && kind !== 'recall') return { ...row, receipt: null };
    return { ...row, receipt: { kind, occurredAt: endedAt, recordedAt: endedRecordedAt, weighed } };
  });
  return inOrder(journeys);
}

type RestoringRow = Restoring & { readonly lot: Hex; readonly seq: number };

/** The corrections that gave each of the lots back, oldest first. */
export async function restoringsOf(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, RestoringRow[]>> {
  const { rows } = await sql<RestoringRow>`
    select happened.lot, happened.seq, happened.statement as id, happened.occurred_at as "occurredAt"
    from ${eventsOf(lots, 'restore')}`.execute(db);
  return inOrder(rows);
}

function inOrder<Row extends { readonly lot: Hex; readonly seq: number }>(rows: readonly Row[]) {
  return Map.groupBy(
    rows.toSorted((a, b) => a.seq - b.seq),
    ({ lot }) => lot,
  );
}
