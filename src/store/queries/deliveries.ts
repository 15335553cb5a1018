import { type RawBuilder, sql } from 'kysely';
import { processes } from '../../protocol/codes.ts';
import { type PairKey, pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';
import type { Between } from './impact.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/** Narrows deliveries down, together; the times are those at which they were sent. `party`: at either end. */
export type DeliveryFilter = Between & {
  readonly party?: Hex | undefined;
  readonly fromFacility?: Hex | undefined;
  readonly toFacility?: Hex | undefined;
};

/** Lots, and their net mass when they were born, in milligrams. */
export type LotsSum = { readonly lots: number; readonly milligrams: bigint };

/**
 * What one site sent to another. `weighed`: of what was accepted, the lots that were weighed on arrival, their mass as sent
 * and on the scales; `off`: so many of them weighed something else.
 */
export type RouteRow = {
  readonly from: Hex;
  readonly to: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly dispatches: number;
  readonly sent: LotsSum;
  readonly accepted: LotsSum;
  readonly refused: LotsSum;
  readonly recalled: LotsSum;
  readonly weighed: LotsSum & { readonly onArrival: bigint; readonly off: number };
  readonly firstAt: number;
  readonly lastAt: number;
};

/** Routes between sites, the one that something happened on last first. @throws CursorInvalid */
export async function listRoutes(
  db: Db,
  filter: DeliveryFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<RouteRow>> {
  const before = cursor === undefined ? null : (readCursor(cursor, 1)[0] ?? 0);
  const { rows } = await sql<Summed>`
    select from_facility::bytea as "from", to_facility::bytea as "to", consignor::bytea as consignor,
      consignee::bytea as consignee, max(seq) as seq, count(*) filter (where kind = 'dispatch') as dispatches,
      ${summed('dispatch')}, ${summed('accept')}, ${summed('refuse')}, ${summed('recall')},
      coalesce(sum(weighed_lots) filter ${ACCEPTED}, 0)::int8 as weighed_lots,
      coalesce(sum(weighed_of) filter ${ACCEPTED}, 0) as weighed_of,
      coalesce(sum(weighed) filter ${ACCEPTED}, 0) as weighed,
      coalesce(sum(off_lots) filter ${ACCEPTED}, 0)::int8 as off_lots,
      min(sent_at) as "firstAt", max(sent_at) as "lastAt"
    from delivery where ${narrowed(filter)}
    group by from_facility, to_facility, consignor, consignee
    having ${before === null ? sql`true` : sql`max(seq) < ${before}`}
    order by max(seq) desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, { item: routeRow, position: ({ seq }) => [seq] });
}

const ACCEPTED = sql`(where kind = 'accept')`;

/** `ended`: null while it is in transit. `reweighed`: the production that put the receiver's own assay in its place. */
export type DeliveredLotRow = {
  readonly dispatch: Hex;
  readonly lot: Hex;
  readonly sentAt: number;
  readonly milligrams: bigint;
  readonly ended: {
    readonly kind: 'accept' | 'refuse' | 'recall';
    readonly statement: Hex;
    readonly at: number;
    readonly weighed: bigint | null;
  } | null;
  readonly reweighed: { readonly production: Hex; readonly differences: readonly AssayDifference[] } | null;
};

/** Of one pair: as it was sent, and as the receiver found it. */
export type AssayDifference = {
  readonly material: number;
  readonly recycled: boolean;
  readonly sent: bigint;
  readonly found: bigint;
};

/**
 * The lots that one site sent to another, those sent last first. A difference of assay can be told apart where the lot was
 * reweighed alone. @throws CursorInvalid
 */
export async function deliveredLots(
  db: Db,
  { isOff, ...filter }: DeliveryFilter & { readonly isOff?: boolean | undefined },
  { limit, cursor }: PageRequest,
): Promise<Page<DeliveredLotRow>> {
  const after = cursor === undefined ? null : readCursor(cursor, 3);
  const isAfter = after ? sql`(delivery.seq, lot.seq, lot.output) < (${sql.join(after)})` : sql`true`;
  const { rows } = await sql<Delivered>`
    select delivery.statement::bytea as dispatch, lot.id::bytea as lot, delivery.sent_at as "sentAt", lot.milligrams,
      ended.kind, ended.statement::bytea as statement, ended.occurred_at as at, ended.weighed,
      reweighed.id::bytea as production, reweighed.inputs, reweighed.outputs, delivery.seq, lot.seq as born, lot.output
    from delivery join lot_event sent on sent.statement = delivery.statement join lot on lot.id = sent.lot
    ${ENDED} ${REWEIGHED}
    where delivery.kind = 'dispatch' and ${narrowed(filter)} and ${isAfter}
      and ${isOff ? sql`(ended.kind <> 'accept' or ended.weighed <> lot.milligrams or reweighed.id is not null)` : sql`true`}
    order by delivery.seq desc, lot.seq desc, lot.output desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    item: deliveredRow,
    position: ({ seq, born, output }) => [seq, born, output],
  });
}

/** What follows a dispatch in a lot's life is how it ended. */
const ENDED = sql`
  left join lateral (
    select seq, kind, statement, occurred_at, weighed from lot_event after
    where after.lot = lot.id and after.seq > delivery.seq order by seq limit 1
  ) ended on ended.kind in ('accept', 'refuse', 'recall')`;

const REWEIGHED = sql`
  left join lateral (
    select production.id, content.inputs, content.outputs
    from (select * from lot_event next where next.lot = lot.id and next.seq > ended.seq order by seq limit 1) next
    join production on production.id = next.statement and production.process = ${processes.reweigh}
    join production_content content on content.seq = production.seq
    where ended.kind = 'accept' and not exists (select from correction where correction.production = production.id)
      and not exists (
        select from production_input other where other.production = production.id and other.position > 0
      )
  ) reweighed on true`;

type Sum = Record<`${'dispatch' | 'accept' | 'refuse' | 'recall'}_lots`, number> &
  Record<`${'dispatch' | 'accept' | 'refuse' | 'recall'}_milligrams`, bigint>;
type Summed = Pick<
  RouteRow,
  'from' | 'to' | 'consignor' | 'consignee' | 'dispatches' | 'firstAt' | 'lastAt'
> &
  Sum & {
    readonly seq: number;
    readonly weighed_lots: number;
    readonly weighed_of: bigint;
    readonly weighed: bigint;
    readonly off_lots: number;
  };

function summed(kind: 'dispatch' | 'accept' | 'refuse' | 'recall'): RawBuilder<unknown> {
  const ofKind = sql`(where kind = ${sql.lit(kind)})`;
  return sql`coalesce(sum(lots) filter ${ofKind}, 0)::int8 as ${sql.ref(`${kind}_lots`)},
    coalesce(sum(milligrams) filter ${ofKind}, 0) as ${sql.ref(`${kind}_milligrams`)}`;
}

function narrowed({ from, until, party, fromFacility, toFacility }: DeliveryFilter): RawBuilder<boolean> {
  const parts = [sql`sent_at >= ${from}`, sql`sent_at < ${until}`];
  if (party !== undefined) parts.push(sql`(consignor = ${bytes(party)} or consignee = ${bytes(party)})`);
  if (fromFacility !== undefined) parts.push(sql`from_facility = ${bytes(fromFacility)}`);
  if (toFacility !== undefined) parts.push(sql`to_facility = ${bytes(toFacility)}`);
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

function routeRow(row: Summed): RouteRow {
  const { from, to, consignor, consignee, dispatches, firstAt, lastAt } = row;
  return {
    ...{ from, to, consignor, consignee, dispatches, firstAt, lastAt },
    sent: { lots: row.dispatch_lots, milligrams: row.dispatch_milligrams },
    accepted: { lots: row.accept_lots, milligrams: row.accept_milligrams },
    refused: { lots: row.refuse_lots, milligrams: row.refuse_milligrams },
    recalled: { lots: row.recall_lots, milligrams: row.recall_milligrams },
    weighed: {
      ...{ lots: row.weighed_lots, milligrams: row.weighed_of },
      ...{ onArrival: row.weighed, off: row.off_lots },
    },
  };
}

type Delivered = Pick<DeliveredLotRow, 'dispatch' | 'lot' | 'sentAt' | 'milligrams'> & {
  readonly kind: 'accept' | 'refuse' | 'recall' | null;
  readonly statement: Hex;
  readonly at: number;
  readonly weighed: bigint | null;
  readonly production: Hex | null;
  readonly inputs: string;
  readonly outputs: string;
  readonly seq: number;
  readonly born: number;
  readonly output: number;
};

function deliveredRow(row: Delivered): DeliveredLotRow {
  const { dispatch, lot, sentAt, milligrams, kind, statement, at, weighed, production } = row;
  return {
    ...{ dispatch, lot, sentAt, milligrams },
    ended: kind && { kind, statement, at, weighed },
    reweighed: production && { production, differences: differencesOf(row.inputs, row.outputs) },
  };
}

/** Of what 0007-recall.sql packed: "<pair> <milligrams> …" in, "<output> <pair> <milligrams> …" out. */
function differencesOf(inputs: string, outputs: string): AssayDifference[] {
  const [sent, found] = [new Map<PairKey, bigint>(), new Map<PairKey, bigint>()];
  const [came, went] = [inputs.split(' ').filter(Boolean), outputs.split(' ').filter(Boolean)];
  for (let at = 0; at < came.length; at += 2) sent.set(came[at] ?? '', BigInt(came[at + 1] ?? 0));
  for (let at = 0; at < went.length; at += 3)
    found.set(went[at + 1] ?? '', (found.get(went[at + 1] ?? '') ?? 0n) + BigInt(went[at + 2] ?? 0));
  const pairs = [...new Set([...sent.keys(), ...found.keys()])].sort();
  return pairs.map((pair) => ({
    ...pairOf(pair),
    sent: sent.get(pair) ?? 0n,
    found: found.get(pair) ?? 0n,
  }));
}
