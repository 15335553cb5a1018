import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytesArray } from '../values.ts';

/** The lots that events above that block touched. */
export async function lotsTouchedAbove(db: Db, block: number): Promise<Hex[]> {
  const rows = await db.selectFrom('lot_event').select('lot').distinct().where('block', '>', block).execute();
  return rows.map(({ lot }) => lot);
}

/** Brings `lot_current` up to date for lots whose events came or went: a copy of each one's last event. */
export async function refreshLots(db: Db, lots: readonly Hex[]): Promise<void> {
  if (lots.length > 0) await refresh(db, bytesArray(lots));
}

/**
 * The same for the lots that events of these blocks touched. Both ends are given, and the lots arrive as an array, because
 * tables that are being filled have no statistics: PostgreSQL then expects few rows, and uses the indexes.
 */
export async function refreshLotsOf(db: Db, blocks: { from: number; to: number }): Promise<void> {
  const { from, to } = blocks;
  await refresh(db, sql`array(select distinct lot from lot_event where block between ${from} and ${to})`);
}

async function refresh(db: Db, lots: RawBuilder<readonly Hex[]>): Promise<void> {
  await sql`
    insert into lot_current
      (lot, born_seq, output, seq, statement, kind, status, head, custodian, facility, weighed, occurred_at, recorded_at)
    select lot.id, lot.seq, lot.output, last.seq, last.statement, last.kind, last.status, last.head, last.custodian,
      last.facility, last.weighed, last.occurred_at, last.recorded_at
    from lot
    cross join lateral (select * from lot_event where lot_event.lot = lot.id order by seq desc limit 1) last
    where lot.id = any(${lots})
    on conflict (lot) do update set
      seq = excluded.seq, statement = excluded.statement, kind = excluded.kind, status = excluded.status,
      head = excluded.head, custodian = excluded.custodian, facility = excluded.facility, weighed = excluded.weighed,
      occurred_at = excluded.occurred_at, recorded_at = excluded.recorded_at`.execute(db);
}
