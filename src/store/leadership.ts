import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { DatabaseUnavailable } from './availability.ts';
import type { Database } from './database.ts';

/** The database no longer holds the lock for this process: another may lead by now. Stand by again. */
export class LeadershipLost extends Error {
  constructor(name: string, cause: unknown) {
    super(`This process no longer leads as "${name}": its connection to the database broke`, { cause });
    this.name = 'LeadershipLost';
  }
}

const STANDBY_INTERVAL = 1_000;
const HEARTBEAT_INTERVAL = 2_000;
const HEARTBEAT_TIMEOUT = 5_000;

/**
 * Waits until this process alone holds `name`, runs `lead`, and lets go. `lead` must stop soon when its signal aborts:
 * leadership was lost, or `signal` asked for the end. With PGlite, which one process has open, it leads at once.
 *
 * @throws LeadershipLost where the connection that holds the lock broke meanwhile
 * @throws DatabaseUnavailable where the database cannot be reached before that
 * @throws the signal's reason where it ends the waiting
 */
export async function withLeadership<T>(
  database: Database,
  name: string,
  lead: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  if (database.kind === 'pglite') return lead(signal);
  const client = await database.dedicatedConnection();
  try {
    await standBy(client, name, signal);
    return await leadWhileConnected(client, name, lead, signal);
  } finally {
    // Ends the session, and the lock with it. A connection that is broken already has no more to say.
    await client.end().catch(() => undefined);
  }
}

async function standBy(client: Client, name: string, signal: AbortSignal): Promise<void> {
  while (!(await tryLock(client, name))) await pause(STANDBY_INTERVAL, undefined, { signal });
  signal.throwIfAborted();
}

async function tryLock(client: Client, name: string): Promise<boolean> {
  try {
    const { rows } = await client.query('select pg_try_advisory_lock(hashtextextended($1, 0)) as held', [
      name,
    ]);
    return rows[0].held;
  } catch (cause) {
    throw new DatabaseUnavailable(cause);
  }
}

async function leadWhileConnected<T>(
  client: Client,
  name: string,
  lead: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const lost = new AbortController();
  const lose = (cause: unknown) => lost.abort(new LeadershipLost(name, cause));
  const ended = () => lose(new Error('the connection ended'));
  client.on('error', lose);
  client.on('end', ended);
  const stopHeartbeat = keepHeartbeat(client, lose);
  try {
    const result = await lead(AbortSignal.any([signal, lost.signal]));
    lost.signal.throwIfAborted();
    return result;
  } catch (error) {
    throw lost.signal.aborted ? lost.signal.reason : error;
  } finally {
    stopHeartbeat();
    client.off('end', ended);
  }
}

/** A connection may be gone without a word: the server's answer is the proof that it still holds the lock. */
function keepHeartbeat(client: Client, lose: (cause: unknown) => void): () => void {
  let isBeating = false;
  const beat = async () => {
    if (isBeating) return;
    isBeating = true;
    const silence = setTimeout(() => lose(new Error('no answer')), HEARTBEAT_TIMEOUT);
    await client.query('select 1').catch(lose);
    clearTimeout(silence);
    isBeating = false;
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_INTERVAL);
  return () => clearInterval(timer);
}
