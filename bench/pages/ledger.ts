import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { readConfig } from '../../src/config.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { startService } from '../../src/service.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Db } from '../../src/store/schema.ts';
import { sampleLots } from '../certificate/network.ts';
import { indexNetwork } from '../network/store.ts';
import { withBar } from '../progress.ts';

/** A service over a ledger of so many lots, and something on it that a page can be about. */
export type FilledLedger = {
  readonly url: string;
  readonly lots: number;
  readonly lot: Hex;
  readonly site: Hex;
  stop(): Promise<void>;
};

/** Small histories: it is the ledger that grows. */
const ANCESTORS = 10;
/** A node that is away: a service that only reads goes on without one. */
const NO_NODE = 'http://127.0.0.1:9';

/** @param url of a PostgreSQL server; the ledger gets a database of its own there */
export async function fillLedger(url: string, lots: number): Promise<FilledLedger> {
  const own = await emptyDatabase(url, `pages_${lots}`);
  const facts = await fill(own, lots);
  const dataDir = await mkdtemp(join(tmpdir(), 'lodebook-pages-'));
  const config = readConfig({
    DATA_DIR: dataDir,
    PORT: '0',
    ROLE: 'reader',
    DATABASE_URL: own,
    RPC_URL: NO_NODE,
    RATE_LIMIT: '0',
  });
  const service = await startService(config, pino({ level: 'silent' }));
  const stop = async () => {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: service.url, ...facts, stop };
}

async function emptyDatabase(url: string, name: string): Promise<string> {
  const server = await openDatabase({ url });
  await sql`create database ${sql.id(name)}`.execute(server.db).finally(() => server.close());
  const own = new URL(url);
  own.pathname = name;
  return own.href;
}

async function fill(url: string, lots: number): Promise<Pick<FilledLedger, 'lots' | 'lot' | 'site'>> {
  const { db, close } = await openDatabase({ url });
  try {
    await migrate(db);
    const what = { what: 'Filling the index', units: 'lots', total: lots };
    await withBar(what, (onProgress) => indexNetwork(createIndexStore(db), { lots }, onProgress));
    await sql`vacuum (analyze)`.execute(db);
    const [sampled] = await sampleLots(db, ANCESTORS, 1);
    if (!sampled) throw new Error('The network has no lot that was made of others');
    return { lots: await lotsIn(db), lot: sampled.lot, site: await siteOf(db, sampled.lot) };
  } finally {
    await close();
  }
}

async function lotsIn(db: Db): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from lot`.execute(db);
  return Number(rows[0]?.count);
}

async function siteOf(db: Db, lot: Hex): Promise<Hex> {
  const { rows } = await sql<{ facility: Hex }>`
    select production.facility::bytea as facility from lot join production on production.id = lot.production
    where lot.id = decode(${lot.slice(2)}, 'hex')`.execute(db);
  return rows[0]?.facility as Hex;
}
