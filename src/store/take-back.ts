import { type RawBuilder, sql } from 'kysely';
import { lotsMovedAbove, refreshLots } from './projections/lot-current.ts';
import type { Db, Schema } from './schema.ts';

/** What does not hang from its block by a reference, and is named here instead: see 0016-taken-back.sql. */
const BY_LOT = ['content', 'lot_current'] as const;
const BY_PRODUCTION = ['lot', 'production_input', 'production_summary'] as const;
const BY_BLOCK = [
  'production',
  'production_content',
  'dispatch',
  'receipt',
  'book_line',
  'delivery',
  'named_root',
  'statement',
] as const;

/** Takes back every block above a number, with all that follows from it. To be called inside a transaction. */
export async function takeBackAbove(db: Db, block: number): Promise<void> {
  const moved = await lotsMovedAbove(db, block);
  // As arrays, which PostgreSQL looks up one by one, whatever it believes of the size of tables.
  const statements = sql`array(select id from statement where block > ${block})`;
  const productions = sql`array(select id from production where block > ${block})`;
  const lots = sql`array(select id from lot where production = any(${productions}))`;
  for (const table of BY_LOT) await remove(db, table, sql`lot = any(${lots})`);
  await remove(db, 'lot_event', sql`statement = any(${statements})`);
  for (const table of BY_PRODUCTION) await remove(db, table, sql`production = any(${productions})`);
  for (const table of BY_BLOCK) await remove(db, table, sql`block > ${block}`);
  await db.deleteFrom('block').where('number', '>', block).execute();
  await refreshLots(db, moved);
}

/** Empties the index, and binds it to no ledger. What people sent stays. To be called inside a transaction. */
export async function takeBackAll(db: Db): Promise<void> {
  for (const table of [...BY_LOT, 'lot_event', ...BY_PRODUCTION, ...BY_BLOCK, 'block', 'chain'] as const)
    await db.deleteFrom(table).execute();
}

async function remove(db: Db, table: keyof Schema, which: RawBuilder<unknown>): Promise<void> {
  await sql`delete from ${sql.table(table)} where ${which}`.execute(db);
}
