import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { StatementType } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';
import { rootsWith, wordsOf } from '../words.ts';

/** What a typed text may mean, newest first. `truncated`: more than what is listed has such words. */
export type Found = {
  readonly parties: readonly Hex[];
  readonly facilities: readonly Hex[];
  readonly lots: readonly { readonly lot: Hex; readonly custodian: Hex }[];
  readonly statement: { readonly id: Hex; readonly type: StatementType; readonly author: Hex } | null;
  readonly truncated: boolean;
};

/** Documents that are looked at for each kind. */
const MOST_DOCUMENTS = 500;

/**
 * By what public evidence calls parties, sites (name, LEI, GLN, CID) and lots (GTIN, serial number, batch), each word from
 * its beginning; or by an id, whole.
 * @param limit of each kind
 */
export function searchFor(db: Db, typed: string, limit: number): Promise<Found> {
  const hex = typed.trim().toLowerCase();
  return inSnapshot(db, (trx) =>
    /^0x([0-9a-f]{40}|[0-9a-f]{64})$/.test(hex) ? byId(trx, hex as Hex) : byWords(trx, typed, limit),
  );
}

async function byId(db: Db, id: Hex): Promise<Found> {
  const none = { parties: [], facilities: [], lots: [], statement: null, truncated: false };
  if (id.length === 42) {
    const party = await db
      .selectFrom('party_act')
      .select('party')
      .where('party', '=', bytes(id))
      .limit(1)
      .execute();
    return { ...none, parties: party.map((row) => row.party) };
  }
  const lots = await db
    .selectFrom('lot_current')
    .select(['lot', 'custodian'])
    .where('lot', '=', bytes(id))
    .execute();
  const facility = await db.selectFrom('facility').select('id').where('id', '=', bytes(id)).execute();
  const statement = await db
    .selectFrom('statement')
    .select(['id', 'type', 'author'])
    .where('id', '=', bytes(id))
    .executeTakeFirst();
  const found = statement && { ...statement, type: statement.type as StatementType };
  return { ...none, lots, facilities: facility.map((row) => row.id), statement: found ?? null };
}

async function byWords(db: Db, typed: string, limit: number): Promise<Found> {
  const words = wordsOf(typed);
  const sites = await rootsWith(db, words, { about: 'site', limit: MOST_DOCUMENTS + 1 });
  const goods = await rootsWith(db, words, { about: 'lot', limit: MOST_DOCUMENTS + 1 });
  const parties = await partiesNaming(db, sites, limit);
  const facilities = await facilitiesNaming(db, sites, limit);
  const lots = await lotsNaming(db, goods, limit);
  const cut = <T>(rows: readonly T[]) => rows.slice(0, limit);
  const isMore = [parties, facilities, lots].some((rows) => rows.length > limit);
  const truncated = isMore || sites.length > MOST_DOCUMENTS || goods.length > MOST_DOCUMENTS;
  return { parties: cut(parties), facilities: cut(facilities), lots: cut(lots), statement: null, truncated };
}

async function partiesNaming(db: Db, roots: readonly Hex[], limit: number): Promise<Hex[]> {
  const rows = await db
    .selectFrom('named_root')
    .innerJoin('party_act', (join) =>
      join.onRef('party_act.seq', '=', 'named_root.seq').onRef('party_act.evidence', '=', 'named_root.root'),
    )
    .select('party_act.party')
    .where('named_root.root', '=', anyOf(roots))
    .where('party_act.act', '=', 'admit')
    .orderBy('party_act.seq', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(({ party }) => party);
}

async function facilitiesNaming(db: Db, roots: readonly Hex[], limit: number): Promise<Hex[]> {
  const rows = await db
    .selectFrom('named_root')
    .innerJoin('facility', 'facility.seq', 'named_root.seq')
    .select('facility.id')
    .where('named_root.root', '=', anyOf(roots))
    .orderBy('facility.seq', 'desc')
    .limit(limit + 1)
    .execute();
  return rows.map(({ id }) => id);
}

async function lotsNaming(
  db: Db,
  roots: readonly Hex[],
  limit: number,
): Promise<{ lot: Hex; custodian: Hex }[]> {
  const { rows } = await sql<{ lot: Hex; custodian: Hex }>`
    select lot.id::bytea as lot, lot_current.custodian::bytea as custodian
    from named_root join lot_current on lot_current.born_seq = named_root.seq
    join lot on lot.id = lot_current.lot and lot.evidence = named_root.root
    where named_root.root = any(${bytesArray(roots)})
    order by lot_current.born_seq desc, lot_current.output desc limit ${limit + 1}`.execute(db);
  return rows;
}
