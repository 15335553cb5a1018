import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db, LotStatus } from '../schema.ts';
import { bytes, text } from '../values.ts';

/**
 * What a lots list may be narrowed to, together. `facility`: where the lot is; `bornAt`: where it was produced; `country` (ISO
 * 3166-1 numeric): where it is; `commodity`: an HS code of six digits, or a heading of four; `scheme`: it was produced at a
 * site that somebody attested to under it, whatever the outcome; `consignee`: to whose facility it is on its way.
 */
export type LotFilter = {
  readonly custodian?: Hex | undefined;
  readonly status?: LotStatus | undefined;
  readonly material?: number | undefined;
  readonly facility?: Hex | undefined;
  readonly bornAt?: Hex | undefined;
  readonly commodity?: string | undefined;
  readonly country?: number | undefined;
  readonly scheme?: string | undefined;
  readonly consignee?: Hex | undefined;
};

type Position = { readonly seq: number; readonly output: number };

/**
 * Where the lots are in their order, newest born first, after a position. Each list walks the index of what narrows it
 * most, in that order, so that a page costs the same however many lots there are.
 */
export async function findLots(
  db: Db,
  filter: LotFilter,
  { after, limit }: { after: Position | null; limit: number },
): Promise<Hex[]> {
  const { rows } = await sql<{ lot: Hex }>`${walk(filter, { after, limit })}`.execute(db);
  return rows.map(({ lot }) => lot);
}

type Walk = { readonly after: Position | null; readonly limit: number };

function walk(filter: LotFilter, { after, limit }: Walk): RawBuilder<unknown> {
  const { scheme, consignee, country, material, commodity, bornAt } = filter;
  if (scheme !== undefined) {
    const sites = sql`(select distinct subject as id from attestation where scheme = ${text(scheme)}) site`;
    const here = sql`production.facility = site.id`;
    return bySite(sites, walkBy(filter, { seq: 'production.seq', here, after, limit }), limit);
  }
  if (consignee !== undefined) {
    const sites = sql`(select id from facility where operator = ${bytes(consignee)}) site`;
    const here = sql`lot_current.facility = site.id`;
    return bySite(sites, walkBy(filter, { seq: 'lot_current.born_seq', here, after, limit }), limit);
  }
  if (country !== undefined) {
    const sites = sql`(select id from facility where facility.country = ${country}) site`;
    const here = sql`lot_current.facility = site.id`;
    return bySite(sites, walkBy(filter, { seq: 'lot_current.born_seq', here, after, limit }), limit);
  }
  const here = sql`true`;
  if (material !== undefined) return walkBy(filter, { seq: 'content.seq', here, after, limit });
  if (commodity !== undefined) return walkBy(filter, { seq: 'lot.seq', here, after, limit });
  if (bornAt !== undefined) return walkBy(filter, { seq: 'production.seq', here, after, limit });
  return walkBy(filter, { seq: 'lot_current.born_seq', here, after, limit });
}

/** The newest of each site, and of those the newest. */
function bySite(sites: RawBuilder<unknown>, one: RawBuilder<unknown>, limit: number): RawBuilder<unknown> {
  return sql`
    select found.lot::bytea as lot from ${sites} cross join lateral (${one}) found
    order by found.seq desc, found.output desc limit ${limit}`;
}

/** Which table's index the walk goes along. They all hold the order that a lot was born in. */
const OUTPUT_OF: Readonly<Record<string, string>> = {
  'content.seq': 'content.output',
  'lot_current.born_seq': 'lot_current.output',
};

type By = Walk & { readonly seq: string; readonly here: RawBuilder<unknown> };

function walkBy(filter: LotFilter, { seq, here, after, limit }: By): RawBuilder<unknown> {
  const [born, output] = [sql.ref(seq), sql.ref(OUTPUT_OF[seq] ?? 'lot.output')];
  const isAfter = after ? sql`(${born}, ${output}) < (${after.seq}, ${after.output})` : sql`true`;
  return sql`
    select lot.id::bytea as lot, ${born} as seq, ${output} as output
    from lot_current join lot on lot.id = lot_current.lot join production on production.id = lot.production
    ${filter.material === undefined ? sql`` : sql`join content on content.lot = lot.id`}
    where ${here} and ${isAfter} and ${conditions(filter)}
    order by ${born} desc, ${output} desc limit ${limit}`;
}

function conditions(filter: LotFilter): RawBuilder<unknown> {
  const { custodian, status, material, facility, bornAt, commodity, country, consignee } = filter;
  const parts = [sql`true`];
  if (consignee !== undefined)
    parts.push(sql`lot_current.status = 'in-transit' and exists (
      select from facility where facility.id = lot_current.facility and operator = ${bytes(consignee)})`);
  if (custodian !== undefined) parts.push(sql`lot_current.custodian = ${bytes(custodian)}`);
  if (status !== undefined) parts.push(sql`lot_current.status = ${status}`);
  if (facility !== undefined) parts.push(sql`lot_current.facility = ${bytes(facility)}`);
  if (bornAt !== undefined) parts.push(sql`production.facility = ${bytes(bornAt)}`);
  if (material !== undefined) parts.push(hasMaterial(material));
  if (commodity?.length === 4) parts.push(sql`lot.commodity / 100 = ${Number(commodity)}`);
  else if (commodity !== undefined) parts.push(sql`lot.commodity = ${Number(commodity)}`);
  if (country !== undefined)
    parts.push(sql`exists (select from facility where facility.id = lot_current.facility
      and facility.country = ${country})`);
  return sql.join(parts, sql` and `);
}

/** A lot that has a material both primary and recycled is there once. */
function hasMaterial(material: number): RawBuilder<unknown> {
  return sql`content.material = ${material} and (not content.recycled or not exists (
    select from content as primary_one where primary_one.lot = content.lot
      and primary_one.material = content.material and not primary_one.recycled
  ))`;
}
