import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PartyDetail } from '../../src/api/schemas/parties.ts';
import { writeJson } from '../../src/durable-file.ts';
import { commandLine } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/until.ts';

const LONG = { timeout: 240_000 };
type Sent = { id: string; status: string; lots: string[] };

let service: TestService;
let folder: string;
let [cli, json] = [] as unknown as [Line['cli'], Line['json']];
type Line = ReturnType<typeof commandLine>;
let [mine, phone, second] = [] as unknown as [string, string, string];
let pit: Sent;
let rpc: string[];

beforeAll(async () => {
  service = await startTestService();
  folder = await mkdtemp(join(tmpdir(), 'lodebook-cli-'));
  await writeJson(join(folder, 'operator.json'), service.keys, 0o600);
  ({ cli, json } = commandLine(service.url, folder));
  rpc = ['--rpc', service.chainUrl];
  const keyed = async (name: string) => (await json<{ account: string }>('keys', 'new', name)).account;
  [mine, phone, second] = [await keyed('mine'), await keyed('phone'), await keyed('second')];
  await json('admit', mine, ...rpc);
  pit = await json<Sent>('facility', '--kind', 'storage', '--country', 'CD', '--key', 'mine');
}, 240_000);

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const declare = (...signing: string[]) => [
  'register',
  '--facility',
  pit.id,
  '--commodity',
  '2605.00',
  '--content',
  '',
  ...signing,
];
const asPhone = () => ['--for', mine, '--key', 'phone'];

test(
  'a lot with a wrong mass is corrected, by its first digits, and says that it is void',
  LONG,
  async () => {
    const wrong = await json<Sent>(...declare('--mass', '200 t', '--key', 'mine'));
    const [lot = ''] = wrong.lots;
    await writeFile(join(folder, 'reason.json'), '{"reason": "A zero too many"}');
    const shown = await cli('correct', lot.slice(2, 12), '--key', 'mine', '--dry-run');
    expect(shown.err).toContain(`Void from then on: lot ${lot}`);
    expect(shown.err).toContain(`correct production ${wrong.id}: it never was as it was stated.`);
    await json('correct', lot.slice(2, 12), '--key', 'mine', '--evidence', join(folder, 'reason.json'));
    const { out } = await cli('lot', lot);
    expect(out).toMatch(/^void, at /m);
    expect(out).toMatch(/^VOID: its production was corrected by 0x/m);
    expect((await cli('certificate', lot)).out).toMatch(/^DOES NOT MEET — /);
    const again = await cli('correct', wrong.id, '--key', 'mine');
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('(production-is-corrected)') });
    expect(await cli('correct', pit.id, '--key', 'mine')).toMatchObject({
      code: 1,
      err: expect.stringContaining('is a FacilityRegistration. Only a production can be corrected'),
    });
  },
);

test('a delegate signs for its party, within its scope, until it is ended', LONG, async () => {
  expect(await cli(...declare('--mass', '1 t', ...asPhone()))).toMatchObject({ code: 1 });
  await json(
    'delegate',
    'give',
    phone,
    '--scope',
    'production,observation',
    '--until',
    '90d',
    '--key',
    'mine',
  );
  const born = await json<Sent>(...declare('--mass', '1 t', ...asPhone()));
  expect((await cli('statement', born.id)).out).toContain(`Signed by ${phone}`);
  const site = await cli('facility', '--kind', 'mine', '--country', 'CD', ...asPhone());
  expect(site).toMatchObject({ code: 1, err: expect.stringContaining('(delegation-out-of-scope)') });
  expect((await cli('party', mine)).out).toContain(
    `Delegate ${phone}: in-force, production, observation, until`,
  );
});

test(
  'readings continue their log, and each can be shown later; an inspection needs evidence',
  LONG,
  async () => {
    const readings = join(folder, 'truck.csv');
    await writeFile(readings, 'time,celsius\n2026-03-01T10:00Z,21.5\n2026-03-01T10:10Z,22\n');
    const observe = ['observe', '--subject', pit.id, '--readings', readings, ...asPhone()];
    const first = await json<Sent>(...observe);
    await writeFile(readings, 'time,celsius\n2026-03-01T10:20Z,22.5\n');
    const next = await json<Sent>(...observe, '--show');
    type Observed = { id: string; previous: string; count: number; root: string; from: number };
    const { body } = await service.get<{ items: Observed[] }>(`/v1/subjects/${pit.id}/observations`);
    expect(body.items.map(({ id, previous, count }) => [id, previous, count])).toEqual([
      [next.id, first.id, 1],
      [first.id, `0x${'00'.repeat(32)}`, 2],
    ]);
    expect(body.items[1]?.from).toBe(Date.parse('2026-03-01T10:00Z') / 1000);
    const shown = await service.get<{ fields: unknown[] }>(`/v1/evidence/${body.items[0]?.root}`);
    expect(shown.body.fields).toMatchObject([
      { path: 'readings[0]', value: { time: '2026-03-01T10:20Z', celsius: 22.5 } },
    ]);
    expect((await service.get(`/v1/evidence/${body.items[1]?.root}`)).status).toBe(404);
    expect(await cli('observe', '--subject', pit.id, '--key', 'mine')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--readings for measurements, --evidence for an inspection'),
    });
    await json('observe', '--subject', pit.id, '--evidence', join(folder, 'reason.json'), '--key', 'mine');
  },
);

test('the registrar proposes a key, the party objects, and replaces its key itself', LONG, async () => {
  const nothing = await cli('keys', 'object', '--key', 'mine');
  expect(nothing).toMatchObject({ code: 1, err: expect.stringContaining('No other key is proposed') });
  await json('propose-key', mine, second, ...rpc);
  const early = await cli('complete-key', mine, ...rpc);
  expect(early).toMatchObject({ code: 1, err: expect.stringContaining('The party may object until') });
  const proposed = `Proposed: key ${second}, from`;
  await until(async () => (await cli('party', mine)).out.includes(proposed), { what: proposed });
  await json('keys', 'object', '--key', 'mine');
  await json('keys', 'replace', 'second', '--key', 'mine');
  const { key, keyNumber, proposal, delegations } = await json<
    PartyDetail & { delegations: { standing: string }[] }
  >('party', mine);
  expect([key, keyNumber, proposal]).toEqual([second, 2, null]);
  expect(delegations.map(({ standing }) => standing)).toEqual(['key-replaced']);
  expect(await cli(...declare('--mass', '1 t', '--key', 'mine'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('(signature-invalid)'),
  });
  await json(...declare('--mass', '1 t', '--for', mine, '--key', 'second'));
  await json(
    'delegate',
    'give',
    phone,
    '--scope',
    'production',
    '--until',
    '36h',
    '--for',
    mine,
    '--key',
    'second',
  );
  await json('delegate', 'end', phone, '--for', mine, '--key', 'second');
  expect(await cli(...declare('--mass', '1 t', ...asPhone()))).toMatchObject({
    code: 1,
    err: expect.stringContaining('(delegation-ended)'),
  });
});

test('every new command has help with examples', async () => {
  for (const command of [
    ['correct'],
    ['observe'],
    ['delegate', 'give'],
    ['delegate', 'end'],
    ['keys', 'replace'],
    ['keys', 'object'],
    ['propose-key'],
    ['complete-key'],
    ['party'],
  ])
    expect(await cli(...command, '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Examples:'),
    });
});
