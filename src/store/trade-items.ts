import { sql } from 'kysely';
import { type TradeItem, tradeItemIn } from '../protocol/digital-link.ts';
import type { EvidenceField } from '../protocol/evidence.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Db, LotStatus } from './schema.ts';
import { bytes, text } from './values.ts';

/** Notes which product a document names, where what is public of it names one. */
export async function noteTradeItem(db: Db, root: Hex, fields: readonly EvidenceField[]): Promise<void> {
  const shown = fields.flatMap((field) => ('leaf' in field ? [] : [[field.path, field.value] as const]));
  const item = tradeItemIn(Object.fromEntries(shown));
  if (!item) return;
  const [serial, batch] = [item.serial, item.batch].map((value) => (value === null ? null : text(value)));
  const row = { gtin: text(item.gtin), serial: serial ?? null, batch: batch ?? null };
  await db
    .insertInto('trade_item')
    .values({ root: bytes(root), ...row })
    .onConflict((conflict) => conflict.column('root').doUpdateSet(row))
    .execute();
}

/** For documents that are there already. */
export async function noteAllTradeItems(db: Db): Promise<void> {
  const rows = await db.selectFrom('evidence').select(['root', 'fields']).execute();
  for (const { root, fields } of rows) await noteTradeItem(db, root, fields as EvidenceField[]);
}

/** A lot whose public evidence names a product. `spentBy`: the production that used it up; `production` made it. */
export type ClaimRow = TradeItem & {
  readonly lot: Hex;
  readonly status: LotStatus;
  readonly producer: Hex;
  readonly production: Hex;
  readonly spentBy: Hex | null;
  readonly commodity: number;
  readonly milligrams: bigint;
};

/** Lots that are told of one product at most. */
const MOST = 200;

/** Lots that claim to be of a product, the newest first; void ones do not count. */
export async function claimsOf(
  db: Db,
  { gtin, serial, batch }: TradeItem,
): Promise<{ readonly claims: readonly ClaimRow[]; readonly truncated: boolean }> {
  const isSerial = serial === null ? sql`true` : sql`trade_item.serial = ${text(serial)}`;
  // A serial number names one thing, whatever batch a label gives with it: else a copy would only have to name another.
  const isBatch = batch === null || serial !== null ? sql`true` : sql`trade_item.batch = ${text(batch)}`;
  const { rows } = await sql<ClaimRow>`
    select trade_item.gtin, trade_item.serial, trade_item.batch, lot.id::bytea as lot, lot.commodity, lot.milligrams,
      lot_current.status, production.custodian::bytea as producer,
      production.id::bytea as production,
      case when lot_current.status = 'spent' then lot_current.statement::bytea end as "spentBy"
    from trade_item
    join named_root on named_root.root = trade_item.root
    join lot_current on lot_current.born_seq = named_root.seq
    join lot on lot.id = lot_current.lot and lot.evidence = trade_item.root
    join production on production.id = lot.production
    where trade_item.gtin = ${text(gtin)} and ${isSerial} and ${isBatch} and lot_current.status <> 'void'
    order by lot_current.born_seq desc, lot_current.output desc limit ${MOST + 1}`.execute(db);
  return { claims: rows.slice(0, MOST), truncated: rows.length > MOST };
}
