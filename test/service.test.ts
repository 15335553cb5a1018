import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { type Service, startService } from '../src/service.ts';
import { memoryDatabase } from './support/memory.ts';

let dataDir: string;
let running: Service | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lodebook-service-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Service> {
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', CHAIN_PORT: '0' });
  running = await startService(config, pino({ level: 'silent' }), { database: await memoryDatabase() });
  return running;
}

test('the first start makes keys that only their owner reads, and one ledger', async () => {
  const { identity } = await start();
  const { mode } = await stat(join(dataDir, 'operator.json'));
  expect(mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(join(dataDir, 'ledger.json'), 'utf8'))).toEqual(identity);
});

test('a process that was killed before it noted its ledger finds it again, and deploys no other', async () => {
  const first = await start();
  await first.stop();
  await rm(join(dataDir, 'ledger.json'));
  const second = await start();
  expect(second.identity).toEqual(first.identity);
  expect(JSON.parse(await readFile(join(dataDir, 'ledger.json'), 'utf8'))).toEqual(first.identity);
});

test('a second process in the same folder is refused, and the first goes on', async () => {
  const first = await start();
  await expect(start()).rejects.toThrow();
  expect((await fetch(`${first.url}/v1/protocol`)).status).toBe(200);
});

test('a port that is taken is named', async () => {
  const { url } = await start();
  const otherDir = await mkdtemp(join(tmpdir(), 'lodebook-service-'));
  const config = readConfig({ DATA_DIR: otherDir, PORT: new URL(url).port, CHAIN_PORT: '0' });
  const attempt = startService(config, pino({ level: 'silent' }), { database: await memoryDatabase() });
  await expect(attempt).rejects.toThrow(`port ${new URL(url).port}: another program listens there`);
  await rm(otherDir, { recursive: true, force: true });
});

test('a country list that is not one stops the start', async () => {
  await writeFile(join(dataDir, 'high-risk-countries.json'), '[{"id":1}]');
  await expect(start()).rejects.toThrow(/high-risk-countries\.json.*\n.*0\.id/);
});

test('stopping twice is stopping once', async () => {
  const service = await start();
  await Promise.all([service.stop(), service.stop()]);
  await expect(fetch(service.url)).rejects.toThrow();
});
