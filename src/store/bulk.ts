import type { InsertObject } from 'kysely';
import type { Db, Schema } from './schema.ts';

/** The protocol counts parameters in 16 bits. */
const MAX_PARAMETERS = 65_000;

/** Inserts rows of one table in as few statements as the protocol allows; their order does not matter. */
export async function insertAll<Table extends keyof Schema>(
  db: Db,
  table: Table,
  rows: readonly InsertObject<Schema, Table>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).length;
  const perStatement = Math.floor(MAX_PARAMETERS / Math.max(columns, 1));
  for (let start = 0; start < rows.length; start += perStatement)
    await db
      .insertInto(table)
      .values(rows.slice(start, start + perStatement))
      .execute();
}
