/**
 * How fast the index catches up with a chain, beside Ponder and beside reading alone.
 *
 *     npm run bench:index                       100,000 facts, about four minutes; the first run installs Ponder
 *     npm run bench:index -- --quick            without Ponder
 *     npm run bench:index -- --lots 10000       another size; a network is written to a chain once, and kept
 *     npm run bench:index -- --per-statement 1  small statements: a lot each
 *     npm run bench:index -- --json             ends on one line of JSON
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { ensureBuilt } from '../scripts/build.ts';
import { wholeNumber } from '../scripts/campaigns.ts';
import { type Postgres, startPostgres } from '../test/support/postgres.ts';
import { fetchAgain } from './indexing/floor.ts';
import { type Indexing, indexOurs } from './indexing/ours.ts';
import { indexByPonder } from './indexing/peer.ts';
import { jsonOf, type Results, tableOf } from './indexing/report.ts';
import { type Recording, recordNetwork } from './network/recording.ts';
import { serveRecording } from './network/serve.ts';
import { withBar } from './progress.ts';

const DEFAULT_LOTS = 36_000;
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    quick: { type: 'boolean' },
    lots: { type: 'string' },
    seed: { type: 'string' },
    'per-statement': { type: 'string' },
  },
});

async function network(): Promise<Recording> {
  const lots = wholeNumber('lots', values.lots, DEFAULT_LOTS);
  const small = values['per-statement'];
  const perStatement = small === undefined ? {} : { perStatement: wholeNumber('per-statement', small, 1) };
  const options = { lots, seed: wholeNumber('seed', values.seed, 1), ...perStatement };
  return withBar({ what: 'Writing the network to a chain', units: 'lots', total: lots }, (onProgress) =>
    recordNetwork(options, onProgress),
  );
}

/** Each indexer gets a database of its own in a server that keeps its data: nothing of PostgreSQL's safety is off. */
async function inDatabase<T>(server: Postgres, name: string, work: (url: string) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
    const url = new URL(server.url);
    url.pathname = name;
    return await work(url.href);
  } finally {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.end();
  }
}

async function bytesIn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  );
  await client.end();
  return Number(rows[0]?.bytes);
}

async function onPGlite(recording: Recording, url: string): Promise<Indexing> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lodebook-bench-'));
  try {
    return await indexOurs({ url, identity: recording.identity, database: { dataDir } });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function measure(recording: Recording): Promise<Results> {
  const node = await serveRecording(recording);
  const server = await startPostgres('none');
  const { url } = node;
  const { identity } = recording;
  try {
    const empty = await inDatabase(server, 'empty', bytesIn);
    const { postgres, bytes } = await inDatabase(server, 'ours', async (database) => {
      const done = await indexOurs({ url, identity, database: { url: database } });
      return { postgres: done, bytes: (await bytesIn(database)) - empty };
    });
    const floor = await fetchAgain(url, postgres.calls);
    const pglite = await onPGlite(recording, url);
    const results = { recording, floor, postgres, pglite, bytes };
    if (values.quick) return results;
    const ponder = (unlimited: boolean): Promise<number> =>
      inDatabase(server, unlimited ? 'ponder_unlimited' : 'ponder', (database) =>
        indexByPonder({ node, recording, database, unlimited }),
      );
    return { ...results, ponder: await ponder(false), ponderUnlimited: await ponder(true) };
  } finally {
    await server.stop();
    await node.stop();
  }
}

await ensureBuilt((line) => console.error(line));
const results = await measure(await network());
for (const line of tableOf(results)) console.log(line);
if (values.json) console.log(JSON.stringify(jsonOf(results)));
