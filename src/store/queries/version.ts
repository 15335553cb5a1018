import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '../schema.ts';

/**
 * Names what the database shows now: which transactions are visible. While the name stays, nothing that a query reads
 * has changed, whichever process writes. It costs no more than the question.
 */
async function stateNow(db: Db): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(
    db,
  );
  return rows[0]?.snapshot ?? '';
}

/**
 * The state's name, for all who ask at a time: whoever comes while the database is asked waits for the next answer, so
 * that none gets one from before it came. Those whose questions came in together ask together, however fast the answer.
 */
export function stateNames(db: Db): () => Promise<string> {
  let running: Promise<unknown> = Promise.resolve();
  let next: Promise<string> | null = null;
  const ask = async (): Promise<string> => {
    await nextTurn();
    next = null;
    const asked = stateNow(db);
    running = asked;
    return asked;
  };
  return () => {
    next ??= running.then(ask, ask);
    return next;
  };
}
