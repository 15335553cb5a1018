import { type InsertObject, type RawBuilder, sql } from 'kysely';
import { arrayOf, type ElementType } from './arrays.ts';
import type { Db, Schema } from './schema.ts';

/** Far below what a message of the protocol, and PGlite's memory, may hold. */
const ROWS_PER_STATEMENT = 10_000;

/**
 * Inserts rows of one table, a column in one parameter: the statement is the same for any number of rows, and neither
 * side handles their values one by one. All rows have the columns of the first; their order does not matter.
 */
export async function insertAll<Table extends keyof Schema>(
  db: Db,
  table: Table,
  rows: readonly InsertObject<Schema, Table>[],
  onConflict: RawBuilder<unknown> = sql``,
): Promise<void> {
  if (rows.length === 0) return;
  const types = known.get(table) ?? (await columnTypesOf(db, table));
  const parts: Promise<unknown>[] = [];
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    parts.push(insertPart(db, { table, types, onConflict }, rows.slice(start, start + ROWS_PER_STATEMENT)));
  await allEnded(parts);
}

/** Waits for all of them, however they end: none may outlive its transaction. @throws what failed first */
export async function allEnded(queries: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled(queries);
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
}

type Target = {
  readonly table: keyof Schema;
  readonly types: ReadonlyMap<string, ElementType>;
  readonly onConflict: RawBuilder<unknown>;
};

async function insertPart(
  db: Db,
  { table, types, onConflict }: Target,
  rows: readonly object[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const arrays = columns.map((column) => {
    const type = types.get(column) ?? 'text';
    const values = rows.map((row) => (row as Record<string, unknown>)[column]);
    return sql`${arrayOf(type, values)}::${sql.raw(`${type}[]`)}`;
  });
  await sql`
    insert into ${sql.table(table)} (${names}) select * from unnest(${sql.join(arrays)}) ${onConflict}`.execute(
    db,
  );
}

/** Tables do not change while a process runs, and are the same in every database that it opens. */
const known = new Map<string, ReadonlyMap<string, ElementType>>();

async function columnTypesOf(db: Db, table: string): Promise<ReadonlyMap<string, ElementType>> {
  const { rows } = await sql<{ column: string; type: string }>`
    select attname::text as column, format_type(coalesce(nullif(typbasetype, 0), atttypid), null) as type
    from pg_attribute join pg_type on pg_type.oid = atttypid where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(
    db,
  );
  const asked = new Map(rows.map(({ column, type }) => [column, type]));
  known.set(table, asked);
  return asked;
}
