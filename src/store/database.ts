import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { availablePool, DatabaseUnavailable } from './availability.ts';
import { columnTypes } from './column-types.ts';
import { openInMemory, openPGlite } from './pglite.ts';
import type { Schema } from './schema.ts';
import { keepFit } from './upkeep.ts';

/**
 * Where the data is: a PostgreSQL server, a folder of this machine, or memory (a scratch copy, lost at the end; `image`: of
 * an empty database).
 * `readOnly`: the server refuses whatever would write, be it a copy that cannot be written to or not.
 */
export type DatabaseLocation =
  | { readonly url: string; readonly poolSize?: number; readonly readOnly?: boolean }
  | { readonly dataDir: string }
  | { readonly memory: true; readonly image?: Blob };

/**
 * An open database. Every query may throw DatabaseUnavailable. PGlite has one connection: a query waits while a
 * transaction is open, so that inside a transaction everything must go through it, or it waits for itself.
 */
export type Database = {
  readonly db: Kysely<Schema>;
  /** The connections that this process has open, those of them that nobody uses, and the queries that wait for one. */
  pool(): PoolUse;
  /** Waits for what is running, then lets go. */
  close(): Promise<void>;
} & (
  | { readonly kind: 'postgresql'; dedicatedConnection(): Promise<pg.Client> }
  | { readonly kind: 'pglite' }
);

export type PoolUse = { readonly inUse: number; readonly idle: number; readonly waiting: number };

const POOL_SIZE = 10;
const CONNECT_TIMEOUT = 10_000;
/** PGlite's one connection also waits while its files are swept. */
const PGLITE_QUEUE_TIMEOUT = 60_000;

/**
 * @throws DatabaseLocked where another process has the folder open
 * @throws DatabaseUnavailable at the first query, where the server cannot be reached
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  return 'url' in location ? openPostgres(location) : openEmbedded(location);
}

function openPostgres({
  url,
  poolSize = POOL_SIZE,
  readOnly = false,
}: Extract<DatabaseLocation, { url: string }>): Database {
  const config = { connectionString: url, types: columnTypes, keepAlive: true } as const;
  const pool = new pg.Pool({
    ...config,
    // Reads that do not wait for each other go out at once.
    pipeline: true,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    // A process that a network split holds up must not hold up the others with its locks.
    idle_in_transaction_session_timeout: 60_000,
    ...(readOnly && { options: '-c default_transaction_read_only=on' }),
  });
  const db = kyselyOver(pool);
  const dedicatedConnection = async () => {
    const client = new pg.Client({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT });
    client.on('error', () => undefined);
    await client.connect().catch((cause: unknown) => {
      throw new DatabaseUnavailable(cause);
    });
    return client;
  };
  return { db, kind: 'postgresql', dedicatedConnection, pool: () => useOf(pool), close: () => db.destroy() };
}

async function openEmbedded(location: Exclude<DatabaseLocation, { url: string }>): Promise<Database> {
  const opened = 'memory' in location ? openInMemory(location.image) : openPGlite(location.dataDir);
  const { poolConfig, close } = await opened;
  const pool = new pg.Pool({
    ...poolConfig,
    types: columnTypes,
    pipeline: true,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: PGLITE_QUEUE_TIMEOUT,
  });
  const db = kyselyOver(pool);
  const stopUpkeep = keepFit(db);
  const closeAll = async () => {
    await stopUpkeep();
    await db.destroy();
    await close();
  };
  return { db, kind: 'pglite', pool: () => useOf(pool), close: closeAll };
}

function useOf({ totalCount, idleCount, waitingCount }: pg.Pool): PoolUse {
  return { inUse: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

function kyselyOver(pool: pg.Pool): Kysely<Schema> {
  // A connection that breaks, idle or not, also emits an event that would end the process if nobody heard it. The
  // query under way, or the next one, reports what is wrong.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: availablePool(pool) }) });
}
