import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { noteAllConcerns } from './concerns.ts';
import { fillGists } from './evidence.ts';
import { whileTablesChange } from './prepared.ts';
import { writeBookLines } from './projections/book-line.ts';
import { writeDeliveries } from './projections/delivery.ts';
import { writeContents } from './projections/production-content.ts';
import type { Db } from './schema.ts';
import { summariseAbove } from './summaries.ts';
import { noteAllTradeItems } from './trade-items.ts';
import { noteAllWords } from './words.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
const TABLE = 'migration';

const ALL_BLOCKS = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** What a migration fills in by the program, for rows that are there already. */
const FILL: Readonly<Record<string, (db: Db) => Promise<void>>> = {
  '0006-passages': async (db) => {
    await fillGists(db);
    await summariseAbove(db, -1);
  },
  '0007-recall': (db) => writeContents(db, ALL_BLOCKS),
  '0010-trade-items': noteAllTradeItems,
  '0014-auditing': async (db) => {
    await writeBookLines(db, ALL_BLOCKS);
    await writeDeliveries(db, ALL_BLOCKS);
    await noteAllWords(db);
  },
  '0015-concerns': noteAllConcerns,
};

/** The database was migrated by a newer Lodebook than this one. */
export class SchemaTooNew extends Error {
  constructor(unknown: readonly string[], latest: string) {
    super(
      `The database has migrations that this version does not know (${unknown.join(', ')}; it knows up to ${latest}): ` +
        'a newer Lodebook has used it. Start that version, or restore a copy from before.',
    );
    this.name = 'SchemaTooNew';
  }
}

/**
 * Brings the schema up to date: numbered SQL files, in order, all or none. Processes that start together wait for
 * each other.
 *
 * @throws SchemaTooNew where a newer Lodebook has migrated it
 */
export async function migrate(db: Db): Promise<void> {
  const migrations = await readMigrations();
  await refuseUnknown(db, Object.keys(migrations));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: TABLE,
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await whileTablesChange(() => migrator.migrateToLatest());
  if (error !== undefined) throw error;
}

/** The database lacks migrations, and this process may not make them. */
export class SchemaTooOld extends Error {
  constructor(missing: readonly string[]) {
    super(
      `The database lacks migrations (${missing.join(', ')}), and this process only reads: start one of this version ` +
        'that writes (without ROLE=reader) first.',
    );
    this.name = 'SchemaTooOld';
  }
}

/** For a process that only reads. @throws SchemaTooNew, SchemaTooOld */
export async function requireMigrated(db: Db): Promise<void> {
  const known = Object.keys(await readMigrations());
  const applied = await refuseUnknown(db, known);
  const missing = known.filter((name) => !applied.includes(name));
  if (missing.length > 0) throw new SchemaTooOld(missing);
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort();
  const entries = files.map(async (file) => {
    const statements = await readFile(new URL(file, FOLDER), 'utf8');
    const name = file.replace('.sql', '');
    const up: Migration['up'] = async (db) => {
      await sql.raw(statements).execute(db);
      await FILL[name]?.(db);
    };
    return [name, { up }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** @returns the migrations that the database has */
async function refuseUnknown(db: Db, known: readonly string[]): Promise<readonly string[]> {
  const exists = await sql<{ table: string | null }>`select to_regclass(${TABLE})::text as table`.execute(db);
  if (exists.rows[0]?.table === null) return [];
  const applied = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(db);
  const names = applied.rows.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new SchemaTooNew(unknown, known.at(-1) ?? 'none');
  return names;
}
