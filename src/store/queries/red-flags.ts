import { type RawBuilder, sql } from 'kysely';
import { facilityKinds, outcomes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { bookKinds } from '../projections/book-line.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/** What is looked for across the ledger, each from tables alone. */
export const redFlagKinds = [
  'origin-in-listed-country',
  'passed-listed-country',
  'origin-in-transit-country',
  'recycled-in-listed-country',
  'operates-in-listed-country',
  'sourced-from-listed-country',
  'moved-without-dispatch',
  'declared-stock',
  'weight-off',
  'recorded-late',
] as const;
export type RedFlagKind = (typeof redFlagKinds)[number];

/** `listed`, `transit`: countries (ISO 3166-1 numeric). `at`: now, Unix seconds. `parties`: null = of everybody. */
export type RedFlagFilter = {
  readonly kind: RedFlagKind;
  readonly listed: readonly number[];
  readonly transit: readonly number[];
  readonly at: number;
  readonly country?: number | undefined;
  readonly party?: Hex | undefined;
  readonly facility?: Hex | undefined;
  readonly parties: readonly Hex[] | null;
};

/**
 * One thing to look at: at which site, of whom; the statement that shows it, and when that happened. `schemes`: of
 * attestations on the site that are conformant and in force now. `share`: how far off in parts per million, or days late.
 */
export type RedFlagRow = {
  readonly facility: Hex;
  readonly party: Hex;
  readonly statement: Hex;
  readonly at: number;
  readonly amount: bigint | null;
  readonly schemes: readonly string[];
};

/** The newest first. @throws CursorInvalid */
export async function listRedFlags(
  db: Db,
  filter: RedFlagFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<RedFlagRow>> {
  const after = cursor === undefined ? null : readCursor(cursor, 2);
  const found = QUERIES[filter.kind](filter);
  const { rows } = await sql<RedFlagRow & { readonly seq: number; readonly place: number }>`
    select found.facility::bytea as facility, found.party::bytea as party, found.statement::bytea as statement, found.at,
      found.amount, found.seq, site.seq as place, array(
        select distinct scheme from attestation where subject = found.facility and outcome = ${outcomes.conformant}
          and valid_from <= ${filter.at} and valid_until > ${filter.at} and not exists (
            select from revocation where revocation.attestation = attestation.id and effective_at <= ${filter.at}
          ) order by scheme limit 5
      ) as schemes
    from (${found}) found join facility site on site.id = found.facility
    where ${narrowed(filter)} and ${after ? sql`(found.seq, site.seq) < (${sql.join(after)})` : sql`true`}
    order by found.seq desc, site.seq desc limit ${limit + 1}`.execute(db);
  return pageOf(rows, limit, {
    item: ({ seq, place, ...row }) => row,
    position: ({ seq, place }) => [seq, place],
  });
}

function narrowed({ country, party, facility, parties }: RedFlagFilter): RawBuilder<boolean> {
  const parts = [sql`true`];
  if (country !== undefined) parts.push(sql`site.country = ${country}`);
  if (facility !== undefined) parts.push(sql`site.id = ${bytes(facility)}`);
  if (party !== undefined) parts.push(sql`found.party = ${bytes(party)}`);
  if (parties !== null) {
    const known = sql`${sql.val(parties.map(bytes))}::bytea[]`;
    parts.push(sql`(found.party = any(${known}) or site.operator = any(${known}))`);
  }
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

type Query = (filter: RedFlagFilter) => RawBuilder<unknown>;
const { mine, 'artisanal-mine': artisanal } = facilityKinds;
const YEAR = 365 * 86_400;
const PPM = 1_000_000;
/** As the shipped policy has them: our choice, not the guidance's. */
const TOLERANCE_PPM = 5_000;

/** Sites in such countries where something was made, each with the last production there. */
function working(countries: readonly number[], which: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select site.id as facility, site.operator as party, last.id as statement, last.occurred_at as at, last.seq,
      null::numeric as amount
    from facility site cross join lateral (
      select id, seq, occurred_at from production where production.facility = site.id order by seq desc limit 1
    ) last where site.country = any(${sql.val(countries)}::int8[]) and ${which}`;
}

const isMine = sql`site.kind in (${mine}, ${artisanal})`;

const QUERIES: Readonly<Record<RedFlagKind, Query>> = {
  'origin-in-listed-country': ({ listed }) => working(listed, isMine),
  'passed-listed-country': ({ listed }) => sql`
    select site.id as facility, site.operator as party, last.statement, last.occurred_at as at, last.seq,
      null::numeric as amount
    from facility site cross join lateral (
      select statement, seq, occurred_at from (
        (select statement, seq, occurred_at from delivery where from_facility = site.id order by seq desc limit 1)
        union all
        (select statement, seq, occurred_at from delivery where to_facility = site.id order by seq desc limit 1)
      ) either order by seq desc limit 1
    ) last where site.country = any(${sql.val(listed)}::int8[]) and not ${isMine}`,
  'origin-in-transit-country': ({ transit }) => working(transit, isMine),
  'recycled-in-listed-country': ({ listed, transit }) =>
    working(
      [...listed, ...transit],
      sql`exists (select from book_line line where line.facility = site.id and line.recycled)`,
    ),
  'operates-in-listed-country': ({ listed }) => sql`
    select site.id as facility, site.operator as party, site.id as statement, site.recorded_at as at, site.seq,
      null::numeric as amount
    from facility site where site.country = any(${sql.val(listed)}::int8[])`,
  'sourced-from-listed-country': ({ listed, at }) => sql`
    select site.id as facility, delivery.consignee as party, (array_agg(delivery.statement order by delivery.seq desc))[1] as statement,
      max(delivery.occurred_at) as at, max(delivery.seq) as seq, sum(delivery.milligrams) as amount
    from facility site join delivery on delivery.from_facility = site.id
    where site.country = any(${sql.val(listed)}::int8[]) and delivery.kind = 'accept'
      and delivery.occurred_at >= ${at - YEAR} and delivery.consignee <> site.operator
    group by site.id, delivery.consignee`,
  'moved-without-dispatch': () => sql`${lines(bookKinds['moved-in'])}`,
  'declared-stock': () => sql`${lines(bookKinds.declared)}`,
  'weight-off': () => sql`
    select to_facility as facility, consignor as party, statement, occurred_at as at, seq,
      round((weighed - weighed_of) * ${PPM} / weighed_of) as amount
    from delivery where off_lots > 0 and abs(weighed - weighed_of) * ${PPM} > weighed_of * ${TOLERANCE_PPM}`,
  'recorded-late': () => sql`
    select facility, custodian as party, id as statement, occurred_at as at, seq,
      ((recorded_at - occurred_at) / 86400)::numeric as amount
    from production where recorded_at - occurred_at > 2592000
    union all
    select from_facility, consignor, id, occurred_at, seq, ((recorded_at - occurred_at) / 86400)::numeric
    from dispatch where recorded_at - occurred_at > 2592000`,
};

/** One statement may concern several materials of one site: it is told once, with all of their mass. */
function lines(kind: number): RawBuilder<unknown> {
  return sql`
    select line.facility, site.operator as party, line.statement, min(line.occurred_at) as at, line.seq,
      sum(line.milligrams) as amount
    from book_line line join facility site on site.id = line.facility where line.kind = ${sql.lit(kind)}
    group by line.facility, site.operator, line.statement, line.seq`;
}
