import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { type Birth, birthsOf } from '../../protocol/lots.ts';
import type { Content } from '../../protocol/statements.ts';
import type { ProductionSummary } from '../../provenance/summary.ts';
import { type LifeEvent, livesOf, type Way } from '../lives.ts';
import type { Recorded } from '../projections/projection.ts';
import { ofType, type RecordedStatement } from '../projections/recorded.ts';
import { contentsOf } from '../queries/contents.ts';
import type { Db, LotStatus } from '../schema.ts';
import { summariesOf } from '../summaries.ts';
import { anyOf, bytesArray } from '../values.ts';

export type Born = Birth & { readonly lot: Hex };

/** A lot as it was before the batch; `stood` is null where the batch gives birth to it. `bornAt`: the site of its maker. */
export type KnownLot = {
  readonly bornSeq: number;
  readonly output: number;
  readonly milligrams: bigint;
  readonly content: readonly Content[];
  readonly maker: Hex;
  readonly bornAt: Hex;
  readonly process: number;
  readonly stood: Standing | null;
};
export type Standing = { readonly status: LotStatus; readonly facility: Hex };

export type Dispatched = Way & { readonly id: Hex; readonly occurredAt: number };

/**
 * What the rows of a batch follow from besides its statements: lots and dispatches that these name or make; and of lots
 * that are spent, what happened to them before, and what their makers passed on.
 */
export type Known = {
  readonly births: ReadonlyMap<Hex, readonly Born[]>;
  readonly lots: ReadonlyMap<Hex, KnownLot>;
  readonly dispatches: ReadonlyMap<Hex, Dispatched>;
  readonly kinds: ReadonlyMap<Hex, number>;
  readonly lives: ReadonlyMap<Hex, readonly LifeEvent[]>;
  readonly summaries: ReadonlyMap<Hex, ProductionSummary>;
};

/** @param db as it was before any row of the statements */
export async function knownBefore(db: Db, statements: readonly RecordedStatement[]): Promise<Known> {
  const productions = ofType(statements, 'Production');
  const births = new Map(productions.map(({ id, message }) => [id, birthsOf(id, message.outputs)]));
  const born = new Map(productions.flatMap((one) => bornIn(one, births.get(one.id) ?? [])));
  const old = (lots: Iterable<Hex>) => [...new Set(lots)].filter((lot) => !born.has(lot));
  const named = old([...lotsNamed(statements), ...(await undone(db, statements))]);
  const spent = old(productions.flatMap(({ message }) => message.inputs.map(({ lot }) => lot)));
  const lots = await lotsOf(db, named);
  const makers = spent.flatMap((lot) => lots.get(lot)?.maker ?? []);
  const [dispatches, kinds, lives, summaries] = await Promise.all([
    dispatchesOf(db, statements),
    kindsOf(db, statements),
    livesOf(db, spent),
    summariesOf(db, makers),
  ]);
  return { births, lots: new Map([...lots, ...born]), dispatches, kinds, lives, summaries };
}

function bornIn({ place, id, message }: Recorded<'Production'>, births: readonly Born[]) {
  const { facility, process } = message;
  return births.map(({ lot, index, output: { milligrams, content } }): [Hex, KnownLot] => [
    lot,
    {
      bornSeq: place.seq,
      output: index,
      milligrams,
      content,
      maker: id,
      bornAt: facility,
      process,
      stood: null,
    },
  ]);
}

function lotsNamed(statements: readonly RecordedStatement[]): Hex[] {
  return statements.flatMap(({ statement: { type, message } }) => {
    if (type === 'Production') return message.inputs.map(({ lot }) => lot);
    return type === 'Dispatch' || type === 'Receipt' ? message.lots.map(({ lot }) => lot) : [];
  });
}

/** The lots that went into, and came out of, productions that are corrected. */
async function undone(db: Db, statements: readonly RecordedStatement[]): Promise<Hex[]> {
  const corrected = ofType(statements, 'Correction').map(({ message }) => message.production);
  if (corrected.length === 0) return [];
  const ids = bytesArray(corrected);
  const { rows } = await sql<{ lot: Hex }>`
    select lot from production_input where production = any(${ids})
    union all select id from lot where production = any(${ids})`.execute(db);
  return rows.map(({ lot }) => lot);
}

type LotRow = Omit<KnownLot, 'content' | 'stood'> & Standing & { readonly lot: Hex };

/** A look-up lot by lot (`offset 0`), as in lives.ts. */
async function lotsOf(db: Db, lots: readonly Hex[]): Promise<Map<Hex, KnownLot>> {
  if (lots.length === 0) return new Map();
  const { rows } = await sql<LotRow>`
    select born.id as lot, born.seq as "bornSeq", born.output, born.milligrams, born.production as maker,
      made.facility as "bornAt", made.process, now.status, now.facility
    from unnest(${bytesArray(lots)}) as asked (lot)
    cross join lateral (select * from lot where lot.id = asked.lot offset 0) born
    cross join lateral (select * from production where production.id = born.production offset 0) made
    cross join lateral (select * from lot_current where lot_current.lot = asked.lot offset 0) now`.execute(
    db,
  );
  const contents = await contentsOf(db, lots);
  return new Map(
    rows.map(({ lot, status, facility, ...row }) => [
      lot,
      { ...row, content: contents.get(lot) ?? [], stood: { status, facility } },
    ]),
  );
}

async function dispatchesOf(db: Db, statements: readonly RecordedStatement[]): Promise<Map<Hex, Dispatched>> {
  const known = new Map(
    ofType(statements, 'Dispatch').map(({ id, message }): [Hex, Dispatched] => [id, { id, ...message }]),
  );
  const named = ofType(statements, 'Receipt').map(({ message }) => message.dispatch);
  const rows = await db
    .selectFrom('dispatch')
    .select(['id', 'consignor', 'consignee', 'from_facility as from', 'to_facility as to'])
    .select('occurred_at as occurredAt')
    .where('id', '=', anyOf(named.filter((id) => !known.has(id))))
    .execute();
  for (const row of rows) known.set(row.id, row);
  return known;
}

/** The kinds of the sites where something was produced. */
async function kindsOf(db: Db, statements: readonly RecordedStatement[]): Promise<Map<Hex, number>> {
  const sites = ofType(statements, 'Production').map(({ message }) => message.facility);
  const rows = await db
    .selectFrom('facility')
    .select(['id', 'kind'])
    .where('id', '=', anyOf(sites))
    .execute();
  const added = ofType(statements, 'FacilityRegistration');
  return new Map([
    ...rows.map(({ id, kind }) => [id, kind] as const),
    ...added.map(({ id, message }) => [id, message.kind] as const),
  ]);
}
