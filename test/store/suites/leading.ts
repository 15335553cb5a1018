import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { DatabaseUnavailable } from '../../../src/store/availability.ts';
import { type Database, openDatabase } from '../../../src/store/database.ts';
import { LeadershipLost, withLeadership } from '../../../src/store/leadership.ts';
import type { Bench } from '../databases.ts';
import { Gate } from '../gate.ts';

/** Leads until its signal aborts, and tells when it begins. */
function leaderOf(database: Database, name: string, signal = new AbortController().signal) {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const lead = (end: AbortSignal) => {
    begin();
    return new Promise<void>((resolve) => end.addEventListener('abort', () => resolve()));
  };
  return { begun, ended: withLeadership(database, name, lead, signal) };
}

export function leading(bench: Bench) {
  describe('leadership', () => {
    test('one leads, another stands by until it is done', async () => {
      const database = await bench.fresh();
      const stop = new AbortController();
      const first = leaderOf(database, 'indexer', stop.signal);
      await first.begun;
      const { signal } = new AbortController();
      const order: string[] = [];
      const second = withLeadership(database, 'indexer', async () => order.push('second'), signal);
      await withLeadership(database, 'relay', async () => order.push('other name'), signal);
      order.push('first is told to stop');
      stop.abort();
      await Promise.all([first.ended, second]);
      expect(order).toEqual(['other name', 'first is told to stop', 'second']);
    });

    test('who loses the connection is told to stop', async () => {
      const database = await bench.fresh();
      const { begun, ended } = leaderOf(database, 'relay');
      const stopped = expect(ended).rejects.toThrow(LeadershipLost);
      await begun;
      await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'`.execute(
        database.db,
      );
      await stopped;
      expect(await withLeadership(database, 'relay', async () => 'next', new AbortController().signal)).toBe(
        'next',
      );
    });

    test('an answer that does not come counts as a loss', async () => {
      await bench.fresh();
      const gate = await Gate.before(bench.url());
      const database = await openDatabase({ url: gate.url });
      const { begun, ended } = leaderOf(database, 'relay');
      const stopped = expect(ended).rejects.toThrow(LeadershipLost);
      await begun;
      gate.silence();
      await stopped;
      await gate.close();
      await database.close();
    }, 30_000);

    test('a signal ends the standing by, and the leading', async () => {
      const database = await bench.fresh();
      const end = new AbortController();
      const leader = leaderOf(database, 'indexer', end.signal);
      await leader.begun;
      const waiting = expect(leaderOf(database, 'indexer', end.signal).ended).rejects.toThrow(/abort/);
      end.abort();
      await Promise.all([waiting, leader.ended]);
    });
  });

  describe('a server that is away', () => {
    test('is a DatabaseUnavailable, before and during a query; then the pool recovers', async () => {
      const direct = await bench.fresh();
      const away = await openDatabase({ url: 'postgres://postgres@127.0.0.1:1/postgres' });
      await expect(sql`select 1`.execute(away.db)).rejects.toThrow(DatabaseUnavailable);
      await away.close();

      const gate = await Gate.before(bench.url());
      const database = await openDatabase({ url: gate.url });
      const waiting = sql`select pg_sleep(60)`.execute(database.db);
      const failed = expect(waiting).rejects.toThrow(DatabaseUnavailable);
      const sleeps = sql<{
        count: number;
      }>`select count(*) from pg_stat_activity where wait_event = 'PgSleep'`;
      await expect.poll(async () => (await sleeps.execute(direct.db)).rows[0]?.count).toBe(1);
      gate.cut();
      await failed;
      const { rows } = await sql`select 1::int8 as one`.execute(database.db);
      expect(rows).toEqual([{ one: 1 }]);
      await expect(sql`select * from nowhere`.execute(database.db)).rejects.not.toThrow(DatabaseUnavailable);
      await database.close();
      await gate.close();
    });
  });
}
