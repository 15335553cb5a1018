import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { DatabaseLocked } from '../../src/store/directory-lock.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Db } from '../../src/store/schema.ts';
import { keepFit } from '../../src/store/upkeep.ts';
import { identity } from './ledger.ts';

const WRITER = new URL('./writer.ts', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'lodebook-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process that indexes blocks without end, and prints the number of each once it is stored. */
async function startWriter(dataDir: string) {
  const writer = spawn(process.execPath, [WRITER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: writer.stdout })[Symbol.asyncIterator]();
  const storedUpTo = async (number: number) => {
    let last = 0;
    while (last < number) last = Number((await lines.next()).value);
    return last;
  };
  const kill = async () => {
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    let last = 0;
    for (let line = await lines.next(); !line.done; line = await lines.next()) last = Number(line.value);
    return last;
  };
  return { storedUpTo, kill };
}

describe('PGlite on disk', () => {
  test('what was stored survives kill -9, again and again, and the folder opens without any cleaning up', async () => {
    const dataDir = join(folder, 'killed');
    for (const enough of [5, 25, 60]) {
      const writer = await startWriter(dataDir);
      const seen = await writer.storedUpTo(enough);
      const last = Math.max(seen, await writer.kill());
      const database = await openDatabase({ dataDir });
      await migrate(database.db);
      const store = createIndexStore(database.db);
      const head = (await store.head())?.number ?? 0;
      // One block may have been committed whose number was not printed yet.
      expect([last, last + 1]).toContain(head);
      const lots = await database.db.selectFrom('lot').select(sql<number>`count(*)`.as('count')).execute();
      expect(lots).toEqual([{ count: head - 1 }]);
      await database.close();
    }
  }, 180_000);

  test('a second process is refused while the first has it open, and told which', async () => {
    const dataDir = join(folder, 'locked');
    const first = await openDatabase({ dataDir });
    await expect(openDatabase({ dataDir })).rejects.toThrow(DatabaseLocked);
    await expect(openDatabase({ dataDir })).rejects.toThrow(`process ${process.pid}`);
    await first.close();
    const second = await openDatabase({ dataDir });
    await second.close();
  }, 120_000);

  test('a first start that was killed half-way is begun again', async () => {
    const dataDir = join(folder, 'unfinished');
    mkdirSync(join(dataDir, 'cluster.unfinished', 'base'), { recursive: true });
    writeFileSync(join(dataDir, 'cluster.unfinished', 'PG_VERSION'), '18\n');
    const database = await openDatabase({ dataDir });
    await migrate(database.db);
    await createIndexStore(database.db).bind(identity);
    await database.close();
    expect(existsSync(join(dataDir, 'cluster.unfinished'))).toBe(false);
  }, 120_000);

  test('writes reach the disk before they are answered', async () => {
    const database = await openDatabase({ dataDir: join(folder, 'locked') });
    const settings = await sql`
      select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'wal_sync_method') order by name`.execute(
      database.db,
    );
    expect(settings.rows).toEqual([
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'synchronous_commit', setting: 'on' },
      { name: 'wal_sync_method', setting: 'fsync' },
    ]);
    await database.close();
  }, 120_000);

  test('upkeep lets go of the log of changes, and keeps statistics', async () => {
    const dataDir = join(folder, 'locked');
    const database = await openDatabase({ dataDir });
    const { db } = database;
    const stop = keepFit(db, { interval: 20, bytes: 1n << 20n });
    await sql`create table bulk (x text)`.execute(db);
    for (let round = 0; round < 8; round += 1) {
      await sql`insert into bulk select repeat('x', 1000) from generate_series(1, 30000)`.execute(db);
      await expect.poll(() => bytesSinceCheckpoint(db), { timeout: 30_000 }).toBeLessThan(1n << 20n);
    }
    await stop();
    const { rows } = await sql<{ rows: number }>`
      select reltuples::int8 as rows from pg_class where relname = 'bulk'`.execute(db);
    // PostgreSQL extrapolates from a sample of pages: about right is all that a planner needs.
    const [{ rows: estimated } = { rows: 0 }] = rows;
    expect(Math.abs(estimated - 240_000)).toBeLessThan(2_400);
    const log = join(dataDir, 'cluster', 'pg_wal');
    const files = readdirSync(log).filter((name) => /^[0-9A-F]{24}$/.test(name));
    expect(files.length * SEGMENT).toBeLessThan(8 * 30_000 * 1_000);
    await database.close();
  }, 180_000);
});

const SEGMENT = 16 << 20;

async function bytesSinceCheckpoint(db: Db): Promise<bigint> {
  const { rows } = await sql<{ bytes: bigint }>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) as bytes from pg_control_checkpoint()`.execute(
    db,
  );
  return rows[0]?.bytes ?? 0n;
}
