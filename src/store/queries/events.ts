import { type RawBuilder, sql } from 'kysely';
import { facilityKinds } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { fieldsOfGist } from '../gist.ts';
import type { Db } from '../schema.ts';
import { bytes, bytesArray } from '../values.ts';

/**
 * What to tell of a lot's ancestors: one event of each kind between any two of the `boundaries` (Unix seconds, sorted), and
 * what documents show of productions at the sites `documentsAt`.
 */
export type EventsAsked = { readonly boundaries: readonly number[]; readonly documentsAt: readonly Hex[] };

/**
 * What happened among a lot's ancestors, of the shape of `Events` in src/verification/digest.ts, but for its lots: of everything alike that
 * happened between two boundaries, the first, the last, and what was recorded longest after. It walks the whole ancestry.
 */
export async function eventsOf(db: Db, lot: Hex, asked: EventsAsked) {
  return { uses: await usesOf(db, lot, asked), legs: await legsOf(db, lot, asked) };
}

type Stretch = {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly firstRecordedAt: number;
  readonly lastRecordedAt: number;
  readonly lateAt: number;
  readonly lateRecordedAt: number;
  readonly gist: string | null;
};

function ancestorsOf(lot: Hex): RawBuilder<unknown> {
  return sql`
    with recursive reached (production) as (
      select production from lot where id = ${bytes(lot)}
      union
      select lot.production from reached
      join production_input input on input.production = reached.production join lot on lot.id = input.lot
    )`;
}

/** Between which boundaries a time lies, as a number. */
function stretchOf(time: RawBuilder<unknown>, { boundaries }: EventsAsked): RawBuilder<unknown> {
  return sql`width_bucket(${time}, ${sql.val([...boundaries])}::int8[])`;
}

const OCCURRED = sql`happened.occurred_at`;
const RECORDED = sql`happened.recorded_at`;
const STRETCH = sql`
  min(${OCCURRED}) as "firstAt", max(${OCCURRED}) as "lastAt",
  min(${RECORDED}) as "firstRecordedAt", max(${RECORDED}) as "lastRecordedAt",
  (array_agg(${OCCURRED} order by ${RECORDED} - ${OCCURRED} desc, ${OCCURRED}))[1] as "lateAt",
  (array_agg(${RECORDED} order by ${RECORDED} - ${OCCURRED} desc, ${OCCURRED}))[1] as "lateRecordedAt"`;

/** Three events that stand for a stretch: none of them is recorded later after it happened than one that was there. */
function momentsOf({ firstAt, lastAt, firstRecordedAt, lastRecordedAt, lateAt, lateRecordedAt }: Stretch) {
  return [
    { occurredAt: firstAt, recordedAt: firstRecordedAt },
    { occurredAt: lastAt, recordedAt: lastRecordedAt },
    { occurredAt: lateAt, recordedAt: lateRecordedAt },
  ];
}

type UseStretch = Stretch & { readonly facility: Hex; readonly custodian: Hex; readonly process: number };

async function usesOf(db: Db, lot: Hex, asked: EventsAsked) {
  const { rows } = await sql<UseStretch>`
    ${ancestorsOf(lot)}
    select happened.facility, happened.custodian, happened.process, shown.gist, ${STRETCH}
    from reached join production happened on happened.id = reached.production
    left join lateral (
      select gist from evidence
      where happened.facility = any(${bytesArray(asked.documentsAt)}) and gist is not null and (
        root = happened.evidence or root in (select evidence from lot where lot.production = happened.id))
      order by gist limit 1
    ) shown on true
    group by 1, 2, 3, 4, ${stretchOf(OCCURRED, asked)}, ${stretchOf(RECORDED, asked)}`.execute(db);
  return rows.flatMap(({ facility, custodian, process, gist, ...stretch }) =>
    momentsOf({ ...stretch, gist }).map((moment) => ({
      ...{ ...moment, facility, custodian, process },
      disclosed: gist === null ? null : fieldsOfGist(gist),
    })),
  );
}

type LegStretch = Stretch & {
  readonly from: Hex;
  readonly to: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly lot: Hex | null;
  readonly accepted: boolean | null;
  readonly firstEndedAt: number;
  readonly lastEndedAt: number;
  readonly firstEndedRecordedAt: number;
  readonly lastEndedRecordedAt: number;
};

async function legsOf(db: Db, lot: Hex, asked: EventsAsked) {
  const ended = (column: 'occurred_at' | 'recorded_at') => sql`ended.${sql.ref(column)}`;
  const { rows } = await sql<LegStretch>`
    ${ancestorsOf(lot)}
    select happened.from_facility as "from", happened.to_facility as "to", happened.consignor, happened.consignee,
      attested.subject as lot, evidence.gist, ended.kind = 'accept' as accepted, ${STRETCH},
      min(ended.occurred_at) as "firstEndedAt", max(ended.occurred_at) as "lastEndedAt",
      min(ended.recorded_at) as "firstEndedRecordedAt", max(ended.recorded_at) as "lastEndedRecordedAt"
    from reached join production_input input on input.production = reached.production
    join lot_event sent on sent.lot = input.lot and sent.kind = 'dispatch'
    join dispatch happened on happened.id = sent.statement
    left join evidence on evidence.root = happened.evidence
    left join lateral (select subject from attestation where subject = input.lot limit 1) attested on true
    left join lateral (
      select kind, occurred_at, recorded_at from lot_event after
      where after.lot = sent.lot and after.seq > sent.seq order by seq limit 1
    ) ended on true
    group by 1, 2, 3, 4, 5, 6, 7, ${stretchOf(OCCURRED, asked)}, ${stretchOf(RECORDED, asked)},
      ${stretchOf(ended('occurred_at'), asked)}, ${stretchOf(ended('recorded_at'), asked)}`.execute(db);
  return rows.flatMap((row) => {
    const { from, to, consignor, consignee, gist, accepted } = row;
    const receipts = [
      { occurredAt: row.firstEndedAt, recordedAt: row.firstEndedRecordedAt },
      { occurredAt: row.lastEndedAt, recordedAt: row.lastEndedRecordedAt },
      { occurredAt: row.lastEndedAt, recordedAt: row.lastEndedRecordedAt },
    ];
    return momentsOf(row).map((moment, index) => ({
      ...{ ...moment, from, to, consignor, consignee, lot: row.lot },
      disclosed: gist === null ? null : fieldsOfGist(gist),
      receipt: { ...(receipts[index] as (typeof receipts)[number]), accepted: accepted ?? false },
    }));
  });
}

/**
 * The attested lots that something of the lot came through. At a recycler, recycled material may have been primary: there,
 * all of a material counts.
 */
export async function attestedLotsOf(db: Db, lot: Hex): Promise<Hex[]> {
  const { rows } = await sql<{ lot: Hex }>`
    with recursive carried (lot, material, recycled) as (
      select lot, material, recycled from content where lot = ${bytes(lot)}
      union
      select content.lot, content.material, content.recycled from carried
      join lot made on made.id = carried.lot join production on production.id = made.production
      join facility on facility.id = production.facility
      join production_input input on input.production = production.id
      join content on content.lot = input.lot and content.material = carried.material
        and (content.recycled = carried.recycled or (carried.recycled and facility.kind = ${facilityKinds.recycler}))
    )
    select distinct carried.lot from carried
    where lot <> ${bytes(lot)} and exists (select from attestation where subject = carried.lot)`.execute(db);
  return rows.map((row) => row.lot);
}
