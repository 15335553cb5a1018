import { sql } from 'kysely';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { type Birth, birthsOf as birthsOfProduction } from '../../protocol/lots.ts';
import type { Production, StatementType, Struct } from '../../protocol/statements.ts';
import { revive } from '../message.ts';
import type { LotHeadNow } from '../outbox.ts';
import { type LogKey, logOf } from '../projections/observation.ts';
import { contentsOf } from '../queries/contents.ts';
import type { Db, LotStatus } from '../schema.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';
import { custodiansAfter } from './custody.ts';

type HeadRow = { lot: Hex; head: Hex; status: LotStatus; custodian: Hex | null; pending_by: Hex | null };

/**
 * From each lot's head in the index (or its birth in the outbox) along the statements that extend it. A statement
 * that extends anything else was overtaken, and will be rejected: it counts for nothing.
 */
export async function headsOf(db: Db, lots: readonly Hex[]): Promise<Map<Hex, LotHeadNow>> {
  const { rows } = await sql<HeadRow>`
    with recursive walk (lot, head, status, custodian, pending_by, step) as (
      (select lot, head, status, custodian::bytea, null::bytea, 0 from lot_current where lot = any(${bytesArray(lots)})
      union all
      select lot, head, status, null, statement, 0 from outbox_head
      where lot = any(${bytesArray(lots)}) and extends is null
        and not exists (select from lot where lot.id = outbox_head.lot))
      union all
      select walk.lot, next.head, next.status, null, next.statement, walk.step + 1
      from walk join outbox_head next on next.lot = walk.lot and next.extends = walk.head
    )
    select distinct on (lot) lot, head, status, custodian, pending_by from walk order by lot, step desc`.execute(
    db,
  );
  const custodians = await custodiansAfter(
    db,
    rows.flatMap(({ pending_by }) => pending_by ?? []),
  );
  return new Map(rows.map((row) => [row.lot, headNow(row, custodians)]));
}

function headNow(
  { lot, head, status, custodian, pending_by }: HeadRow,
  custodians: ReadonlyMap<Hex, Hex>,
): LotHeadNow {
  const holder = custodian ?? custodians.get(pending_by ?? head);
  if (holder === undefined) throw new Error(`Nobody has lot ${lot} after statement ${pending_by}`);
  return { head, status, custodian: holder, pendingBy: pending_by };
}

export async function birthsOf(db: Db, lots: readonly Hex[]): Promise<Map<Hex, Birth>> {
  const births = await recordedBirths(db, lots);
  const missing = lots.filter((lot) => !births.has(lot));
  if (missing.length === 0) return births;
  return new Map([...births, ...(await openBirths(db, missing))]);
}

async function recordedBirths(db: Db, lots: readonly Hex[]): Promise<Map<Hex, Birth>> {
  const rows = await db
    .selectFrom('lot')
    .select(['id', 'production', 'output', 'commodity', 'milligrams', 'evidence'])
    .where('id', '=', anyOf(lots))
    .execute();
  const contents = await contentsOf(db, lots);
  return new Map(
    rows.map(({ id, production, output: index, commodity, milligrams, evidence }) => {
      const output = { commodity, milligrams, content: contents.get(id) ?? [], evidence };
      return [id, { production, index, output }];
    }),
  );
}

async function openBirths(db: Db, lots: readonly Hex[]): Promise<[Hex, Birth][]> {
  const productions = await db
    .selectFrom('outbox')
    .innerJoin('outbox_head', 'outbox_head.statement', 'outbox.id')
    .distinctOn('outbox.position')
    .select(['outbox.position', 'outbox.id', 'outbox.message'])
    .where('outbox_head.lot', '=', anyOf(lots))
    .where('outbox_head.extends', 'is', null)
    .execute();
  const wanted = new Set(lots);
  return productions
    .flatMap(({ id, message }) =>
      birthsOfProduction(id, (revive('Production', message) as Production).outputs),
    )
    .filter(({ lot }) => wanted.has(lot))
    .map(({ lot, ...birth }) => [lot, birth]);
}

/** A whole statement of that type, recorded or accepted. */
export async function messageOf<T extends StatementType>(
  db: Db,
  type: T,
  id: Hex,
): Promise<Struct<T> | null> {
  const find = (table: 'statement' | 'outbox') =>
    db
      .selectFrom(table)
      .select('message')
      .where('id', '=', bytes(id))
      .where('type', '=', type)
      .executeTakeFirst();
  const found = (await find('statement')) ?? (await find('outbox'));
  return found ? (revive(type, found.message) as Struct<T>) : null;
}

/** From the log's tail in the index along the accepted observations that follow it. Zero where there is none. */
export async function tailOf(db: Db, key: LogKey): Promise<Hex> {
  const { rows } = await sql<{ tail: Hex }>`
    with recursive walk (tail, step) as (
      select coalesce(
        (select id::bytea from observation
         where observer = ${bytes(key.observer)} and device = ${bytes(key.device)} and subject = ${bytes(key.subject)}
         order by seq desc limit 1),
        ${bytes(ZERO_BYTES32)}), 0
      union all
      select next.head, walk.step + 1
      from walk join outbox_head next on next.lot = ${bytes(logOf(key))} and next.extends = walk.tail
    )
    select tail from walk order by step desc limit 1`.execute(db);
  return rows[0]?.tail ?? ZERO_BYTES32;
}
