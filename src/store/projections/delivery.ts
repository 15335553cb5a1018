import { sql } from 'kysely';
import type { Db } from '../schema.ts';

/** Writes down what was sent, and how it arrived, by the statements of these blocks: see 0014-auditing.sql. */
export async function writeDeliveries(db: Db, { from, to }: { from: number; to: number }): Promise<void> {
  await sql`
    insert into delivery (seq, block, statement, dispatch, from_facility, to_facility, consignor, consignee, kind, lots,
      milligrams, weighed_lots, weighed_of, weighed, off_lots, sent_at,
      occurred_at)
    select event.seq, event.block, event.statement, sent.id, sent.from_facility, sent.to_facility, sent.consignor,
      sent.consignee, event.kind, count(*), sum(lot.milligrams), count(event.weighed),
      coalesce(sum(lot.milligrams) filter (where event.weighed is not null), 0), coalesce(sum(event.weighed), 0),
      count(*) filter (where event.weighed <> lot.milligrams), sent.occurred_at, event.occurred_at
    from lot_event event
    left join lateral (select dispatch from receipt where receipt.id = event.statement offset 0) ended on true
    cross join lateral (
      select * from dispatch where dispatch.id = coalesce(ended.dispatch, event.statement) offset 0
    ) sent
    cross join lateral (select milligrams from lot where lot.id = event.lot offset 0) lot
    where event.block between ${from} and ${to} and event.kind in ('dispatch', 'accept', 'refuse', 'recall')
    group by event.seq, event.block, event.statement, sent.id, sent.from_facility, sent.to_facility, sent.consignor,
      sent.consignee, event.kind, sent.occurred_at, event.occurred_at`.execute(db);
}
