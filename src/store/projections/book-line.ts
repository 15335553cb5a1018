import { type RawBuilder, sql } from 'kysely';
import { processes } from '../../protocol/codes.ts';
import type { Db } from '../schema.ts';

/**
 * How content comes to a site, and leaves it. `moved-…`: worked on, or sent, elsewhere than it was, without a dispatch.
 * `restored`, `voided`: a correction undid the production that had consumed, or made, it; `withdrawn`: an origin.
 */
export const bookKinds = {
  originated: 1,
  declared: 2,
  produced: 3,
  received: 4,
  returned: 5,
  restored: 6,
  'moved-in': 7,
  consumed: 11,
  dispatched: 12,
  voided: 13,
  'moved-out': 14,
  withdrawn: 15,
} as const;
export type BookKind = keyof typeof bookKinds;

/** Those above take from what a site holds, the others add to it. */
export const LAST_ADDING = 10;

const { extract, collect, declare } = processes;
const kind = bookKinds;

/**
 * Writes down what the statements of these blocks did to the content that each site holds: see 0014-auditing.sql. What is
 * looked up is looked up row by row (`offset 0`), as in production-content.ts.
 */
export async function writeBookLines(db: Db, { from, to }: { from: number; to: number }): Promise<void> {
  await sql`
    insert into book_line (facility, material, recycled, occurred_at, seq, kind, block, statement, milligrams, lots)
    with event as materialized (${eventsOf(from, to)}),
    entry (facility, kind, lot, seq) as (
      select here, ${kindOfEvent}, lot, seq from event
      union all select was_at, ${kind['moved-out']}, lot, seq from event where was_at <> here and kind in ('spend', 'dispatch')
      union all select here, ${kind['moved-in']}, lot, seq from event where was_at <> here and kind in ('spend', 'dispatch')
    )
    select entry.facility, content.material, content.recycled, event.occurred_at, event.seq, entry.kind, event.block,
      event.statement, sum(content.milligrams), count(*)
    from entry join event using (lot, seq)
    cross join lateral (select material, recycled, milligrams from content where content.lot = entry.lot offset 0) content
    group by entry.facility, content.material, content.recycled, event.occurred_at, event.seq, entry.kind, event.block,
      event.statement`.execute(db);
}

/** `here`: where the statement acted on the lot; `was_at`: where the lot was held before, null in transit and at birth. */
function eventsOf(from: number, to: number): RawBuilder<unknown> {
  return sql`
    select event.lot, event.seq, event.block, event.statement, event.kind, event.occurred_at, made.process,
      case when event.kind = 'dispatch' then sent.from_facility else event.facility end as here, before.facility as was_at
    from lot_event event
    left join lateral (
      select process from lot join production on production.id = lot.production
      where lot.id = event.lot and event.kind in ('birth', 'void') offset 0
    ) made on true
    left join lateral (
      select from_facility from dispatch where dispatch.id = event.statement and event.kind = 'dispatch' offset 0
    ) sent on true
    left join lateral (
      select facility, status from lot_event earlier
      where earlier.lot = event.lot and earlier.seq < event.seq order by seq desc limit 1
    ) before on before.status = 'held'
    where event.block between ${from} and ${to}`;
}

const kindOfEvent = sql`
  case kind
    when 'birth' then case when process in (${extract}, ${collect}) then ${kind.originated}
      when process = ${declare} then ${kind.declared} else ${kind.produced} end
    when 'accept' then ${kind.received}
    when 'refuse' then ${kind.returned}
    when 'recall' then ${kind.returned}
    when 'restore' then ${kind.restored}
    when 'spend' then ${kind.consumed}
    when 'dispatch' then ${kind.dispatched}
    else case when process in (${extract}, ${collect}, ${declare}) then ${kind.withdrawn} else ${kind.voided} end
  end::int8`;
