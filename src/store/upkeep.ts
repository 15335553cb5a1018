import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** How often to look, in milliseconds, and after how many bytes of changes to act. */
const ONCE_A_MINUTE = { interval: 60_000, bytes: 16n << 20n };

/**
 * PGlite has no background processes: nobody writes checkpoints, so that the log of changes and the time to open
 * after a crash would grow for ever, and nobody keeps the planner's statistics. This does, by volume of changes.
 *
 * @returns how to stop it; waits for the sweep under way
 */
export function keepFit(db: Kysely<Schema>, { interval, bytes } = ONCE_A_MINUTE): () => Promise<void> {
  let sweeping: Promise<void> = Promise.resolve();
  let sweptAt = 0n;
  const sweep = async () => {
    const at = await changesSoFar(db);
    if (at - sweptAt < bytes) return;
    await sql`vacuum (analyze)`.execute(db);
    await sql`checkpoint`.execute(db);
    sweptAt = at;
  };
  const timer = setInterval(() => {
    // What fails here fails again at the next query, where somebody is told.
    sweeping = sweeping.then(sweep).catch(() => undefined);
  }, interval);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await sweeping;
  };
}

async function changesSoFar(db: Kysely<Schema>): Promise<bigint> {
  const { rows } = await sql<{ bytes: bigint }>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bytes`.execute(db);
  return rows[0]?.bytes ?? 0n;
}
