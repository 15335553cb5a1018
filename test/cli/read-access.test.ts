import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeJson } from '../../src/durable-file.ts';
import { commandLine } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let folder: string;

beforeAll(async () => {
  service = await startTestService({ readAccess: 'parties' });
  folder = await mkdtemp(join(tmpdir(), 'lodebook-cli-'));
  await writeJson(join(folder, 'operator.json'), service.keys, 0o600);
});

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

test('where parties read their own alone, commands sign in by themselves, and grants open them to auditors', {
  timeout: 240_000,
}, async () => {
  const { cli, json } = commandLine(service.url, folder);
  const accounts: string[] = [];
  for (const name of ['mine', 'auditor']) {
    const { account } = await json<{ account: string }>('keys', 'new', name);
    accounts.push(account);
    await json('admit', account, '--rpc', service.chainUrl);
  }
  const [, auditor = ''] = accounts;
  const site = await json<{ id: string }>(
    'facility',
    '--kind',
    'storage',
    '--country',
    'CD',
    '--key',
    'mine',
  );
  const stock = [
    'register',
    '--key',
    'mine',
    '--facility',
    site.id,
    '--commodity',
    '2605.00',
    '--mass',
    '2 t',
  ];
  const { lots } = await json<{ lots: string[] }>(...stock, '--content', 'Co=1t', '--process', 'declare');
  const lot = lots[0] ?? '';
  const short = lot.slice(2, 12);
  expect((await cli('lot', short, '--key', 'mine')).out).toContain(`Lot ${lot}`);
  expect((await cli('lot', lot, '--key', 'auditor')).err).toContain('(not-yours)');
  expect((await cli('certificate', lot, '--key', 'auditor')).code).toBe(0);
  expect((await cli('grants', 'give', auditor, '--until', '2d', '--key', 'mine')).code).toBe(0);
  expect((await cli('lot', lot, '--key', 'auditor')).out).toContain(`Lot ${lot}`);
  expect((await cli('grants', 'list', '--key', 'auditor')).out).toContain('in-force');
  expect((await cli('grants', 'end', auditor, '--key', 'mine')).code).toBe(0);
  expect((await cli('lot', lot, '--key', 'auditor')).code).toBe(1);
});
