import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { forgetPrepared, prepared } from './prepared.ts';

/** The database cannot be reached, or is too busy to answer. Nothing is known of what was under way: try again later. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super(`The database is not available: ${reasonOf(cause)}`, { cause });
    this.name = 'DatabaseUnavailable';
  }
}

/** `pool`, with its failures of connection as DatabaseUnavailable. Other errors stay as they are. */
export function availablePool(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      try {
        return availableClient(await pool.connect());
      } catch (cause) {
        throw new DatabaseUnavailable(cause);
      }
    },
  };
}

// Kysely knows a connection by its client, hence one wrapper per client.
const wrappers = new WeakMap<pg.PoolClient, PostgresPoolClient>();

function availableClient(client: pg.PoolClient): PostgresPoolClient {
  const known = wrappers.get(client);
  if (known) return known;
  // A connection that drops while it is lent out says so here as well as in its query; unheard, it ends the process.
  client.on('error', () => undefined);
  const query = async (sql: string, parameters: unknown[]) => {
    try {
      return await client.query(prepared(client, sql, parameters));
    } catch (cause) {
      const isOutdated = tablesChanged(cause);
      if (isOutdated) forgetPrepared();
      throw isOutdated || isUnavailable(cause) ? new DatabaseUnavailable(cause) : cause;
    }
  };
  const release = (destroy?: boolean) => client.release(destroy);
  const wrapper = { query, release } as unknown as PostgresPoolClient;
  wrappers.set(client, wrapper);
  return wrapper;
}

/**
 * SQLSTATE classes: 08 connection exception, 53 insufficient resources, 57P operator intervention; and 40001, by which
 * a replica ends a query that holds up its replay.
 */
const UNAVAILABLE_STATES = /^(08...|53...|57P..|40001)$/;
/** The driver's own failures carry no SQLSTATE: a system error's code, or a sentence. */
const LOST_CONNECTION = /connection|timeout|not queryable/i;

function isUnavailable(cause: unknown): boolean {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return UNAVAILABLE_STATES.test(code) || /^E[A-Z_]+$/.test(code);
  return typeof message === 'string' && LOST_CONNECTION.test(message);
}

/** Another process migrated the database under this one's prepared statements. */
function tablesChanged(cause: unknown): boolean {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  return code === '0A000' && String(message).includes('cached plan');
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join('; ');
  return cause instanceof Error ? cause.message : String(cause);
}
