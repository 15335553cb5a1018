import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { performAct } from '../../src/chain/roles.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender } from '../../src/chain/sender.ts';
import { runCli } from '../../src/cli/program.ts';
import { createClient } from '../../src/client/client.ts';
import { readConfig } from '../../src/config.ts';
import { operatorKeys } from '../../src/operator.ts';
import { ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Service, startService } from '../../src/service.ts';
import { openDatabase } from '../../src/store/database.ts';
import { account } from '../support/accounts.ts';
import { startPostgres } from '../support/postgres.ts';
import { until } from '../support/until.ts';

const LONG = { timeout: 180_000 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-rebuild-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('on a folder, the service has to be stopped; then every row is compared, and mended', LONG, async () => {
  const service = await withParties(settings(), 3);
  const meanwhile = await rebuild(settings(), '--check');
  await service.stop();
  expect(meanwhile).toMatchObject({
    code: 1,
    err: expect.stringContaining('Stop the service, and run this again.'),
  });
  expect(await rebuild(settings(), '--check')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Every row is the same'),
  });

  const database = await openDatabase({ dataDir: join(folder, 'database') });
  await database.db.updateTable('party_act').set({ act: 'suspend' }).execute();
  await database.close();
  const differing = await rebuild(settings(), '--check');
  expect(differing.code).toBe(1);
  expect(differing.err).toMatch(/differs from the chain in 3 places/);
  expect(differing.err).toMatch(/party_act \d+: act is "suspend", and the chain gives "admit"/);

  expect(await rebuild(settings())).toMatchObject({ code: 0, out: expect.stringContaining('folded again') });
  expect(await rebuild(settings(), '--check')).toMatchObject({ code: 0 });
});

test('on PostgreSQL, it is compared while the service runs, and rebuilt only without it', LONG, async () => {
  const postgres = await startPostgres();
  const variables = { ...settings(), DATABASE_URL: postgres.url };
  const service = await withParties(variables, 2);
  try {
    const rpc = ['--rpc', service.chainUrl];
    const checked = await rebuild(variables, '--check', '--json', ...rpc);
    expect(checked.code, checked.err + checked.out).toBe(0);
    expect(JSON.parse(checked.out)).toMatchObject({ identical: true, count: 0, differences: [] });
    expect(await rebuild(variables, ...rpc)).toMatchObject({
      code: 1,
      err: expect.stringContaining('A service works with this database'),
    });
  } finally {
    await service.stop();
  }
  expect(await rebuild(variables)).toMatchObject({ code: 0 });
  expect(await rebuild(variables, '--check')).toMatchObject({ code: 0 });
  await postgres.stop();
});

test('where there is nothing, it says so', async () => {
  expect(await rebuild(settings(), '--check')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no database in'),
  });
});

function settings(): Record<string, string> {
  return { DATA_DIR: folder, PORT: '0', CHAIN_PORT: '0', LOG_LEVEL: 'silent' };
}

/** A service with some parties on its ledger, all of them indexed. */
async function withParties(variables: Record<string, string>, count: number): Promise<Service> {
  const service = await startService(readConfig(variables), pino({ level: 'silent' }));
  const { registrar } = await operatorKeys(folder);
  const sender = openSender(openRpc(service.chainUrl), service.identity.chainId, registrar);
  for (let index = 0; index < count; index += 1) {
    const party = account(`party ${index}`).address;
    await performAct(sender, service.identity.ledger, { act: 'admit', party, evidence: ZERO_BYTES32 });
  }
  const client = createClient({ api: service.url });
  await until(async () => (await client.parties()).items.length === count);
  return service;
}

async function rebuild(variables: Record<string, string>, ...args: string[]) {
  const texts = ['', ''];
  const sink = (index: number): Writable =>
    new Writable({
      write: (chunk, _encoding, done) => {
        texts[index] += chunk;
        done();
      },
    });
  const code = await runCli(['rebuild', ...args], {
    streams: { input: new PassThrough(), output: sink(0), errors: sink(1) },
    variables,
    signal: new AbortController().signal,
  });
  return { code, out: texts[0] ?? '', err: texts[1] ?? '' };
}
