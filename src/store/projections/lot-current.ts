import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytesArray } from '../values.ts';
import { eventRow, type LotEvent } from './lot-event.ts';

/** For rows of lots that may be there already. */
export const orReplace = sql`
  on conflict (lot) do update set
    seq = excluded.seq, statement = excluded.statement, kind = excluded.kind, status = excluded.status,
    head = excluded.head, custodian = excluded.custodian, facility = excluded.facility, weighed = excluded.weighed,
    occurred_at = excluded.occurred_at, recorded_at = excluded.recorded_at`;

/** The lots that events above that block touched, and that stay. */
export async function lotsMovedAbove(db: Db, block: number): Promise<Hex[]> {
  const rows = await db
    .selectFrom('statement')
    .innerJoin('lot_event', 'lot_event.statement', 'statement.id')
    .innerJoin('lot', 'lot.id', 'lot_event.lot')
    .select('lot_event.lot')
    .distinct()
    .where('statement.block', '>', block)
    .where('lot.block', '<=', block)
    .execute();
  return rows.map(({ lot }) => lot);
}

/** Brings `lot_current` up to date for lots whose last events went: a copy of each one's last event. */
export async function refreshLots(db: Db, lots: readonly Hex[]): Promise<void> {
  if (lots.length === 0) return;
  await sql`
    insert into lot_current
      (lot, born_seq, output, seq, statement, kind, status, head, custodian, facility, weighed, occurred_at, recorded_at)
    select lot.id, lot.seq, lot.output, last.seq, last.statement, last.kind, last.status, last.head, last.custodian,
      last.facility, last.weighed, last.occurred_at, last.recorded_at
    from lot
    cross join lateral (select * from lot_event where lot_event.lot = lot.id order by seq desc limit 1) last
    where lot.id = any(${bytesArray(lots)})
    ${orReplace}`.execute(db);
}

/** A lot's last event, and where it was born. */
export type LastEvent = LotEvent & { readonly bornSeq: number; readonly output: number };

export function lastRow({ bornSeq, output, ...event }: LastEvent) {
  const { block, ...row } = eventRow(event);
  return { ...row, born_seq: bornSeq, output };
}
