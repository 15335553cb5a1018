import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Db } from '../../src/store/schema.ts';
import { memoryDatabase } from '../support/memory.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

/** A database of one kind for a whole test file. */
export type Bench = {
  readonly kind: Database['kind'];
  /** The same database each time, migrated and empty. */
  fresh(): Promise<Database>;
  /** PostgreSQL's address. */
  url(): string;
};

export function benchOf(kind: Database['kind']): Bench {
  let server: Postgres | null = null;
  let database: Database;

  beforeAll(async () => {
    if (kind === 'postgresql') server = await startPostgres();
    database = await openDatabase(server ? { url: server.url } : await memoryDatabase());
  }, 120_000);

  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  let migrated: string | null = null;
  const fresh = async () => {
    const { db } = database;
    if (migrated !== null && (await schemaOf(db)) === migrated) await empty(db);
    else {
      await sql`drop schema public cascade`.execute(db);
      await sql`create schema public`.execute(db);
      await migrate(db);
      migrated = await schemaOf(db);
    }
    return database;
  };
  return { kind, fresh, url: () => server?.url ?? '' };
}

/** What a migration makes, and what it has applied. */
async function schemaOf(db: Db): Promise<string> {
  const { rows } = await sql<{ schema: string }>`
    select md5((select string_agg(concat(attrelid, attname, atttypid), ',' order by attrelid, attnum)
      from pg_attribute join pg_class on pg_class.oid = attrelid where relnamespace = 'public'::regnamespace)
      || (select string_agg(name, ',' order by name) from migration)) as schema`.execute(db);
  return rows[0]?.schema ?? '';
}

/** Many times as fast as migrating again. */
async function empty(db: Db): Promise<void> {
  const { rows } = await sql<{ table: string }>`
    select tablename::text as table from pg_tables
    where schemaname = 'public' and tablename not in ('migration', 'migration_lock', 'server_secret')`.execute(
    db,
  );
  const tables = rows.map(({ table }) => sql.table(table));
  await sql`truncate ${sql.join(tables)} restart identity cascade`.execute(db);
}

const TABLES = [
  'chain block statement named_root party_act accreditation_act facility quota_grant production lot content',
  'production_input dispatch receipt lot_event lot_current attestation revocation correction observation delegation',
  'key_replacement key_objection key_proposal key_completion production_summary production_content',
  'book_line delivery',
]
  .join(' ')
  .split(' ');

/** Every row of the index, as text that is equal for equal indexes. */
export async function rowsOf({ db }: Database): Promise<Record<string, string[]>> {
  const tables = TABLES.map(async (table) => {
    const { rows } = await sql<{
      row: string;
    }>`select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(db);
    return [table, rows.map(({ row }) => row).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}
