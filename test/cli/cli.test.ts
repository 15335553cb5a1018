import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeJson } from '../../src/durable-file.ts';
import { commandLine } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;
let folder: string;

beforeAll(async () => {
  service = await startTestService();
  folder = await mkdtemp(join(tmpdir(), 'lodebook-cli-'));
  await writeJson(join(folder, 'operator.json'), service.keys, 0o600);
});

afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const cli = (...args: string[]) => commandLine(service.url, folder).cli(...args);
const json = <T>(...args: string[]) => commandLine(service.url, folder).json<T>(...args);

type Sent = { id: string; status: string; lots: string[] };

const keyed = async (name: string): Promise<string> =>
  (await json<{ account: string }>('keys', 'new', name)).account;

test('a lot goes from a mine to a refinery, by commands alone', { timeout: 240_000 }, async () => {
  const rpc = ['--rpc', service.chainUrl];
  const [mine, plant, auditor] = [await keyed('mine'), await keyed('plant'), await keyed('auditor')];
  await writeFile(join(folder, 'party.json'), '{"legalName": "Mine Ltd", "contact": "secret"}');
  await json('admit', mine, ...rpc, '--evidence', join(folder, 'party.json'), '--hide', 'contact');
  await json('admit', plant, ...rpc);
  await json('admit', auditor, ...rpc);
  await json('accredit', auditor, '--scheme', 'IRMA', ...rpc);
  const party = await service.get<{ name: string }>(`/v1/parties/${mine}`);
  expect(party.body.name).toBe('Mine Ltd');

  const pit = await json<Sent>('facility', '--kind', 'mine', '--country', 'CD', '--key', 'mine');
  const works = await json<Sent>(
    'facility',
    '--kind',
    'smelter-or-refiner',
    '--country',
    'fi',
    '--key',
    'plant',
  );
  const lotArgs = [
    'register',
    '--key',
    'mine',
    '--facility',
    pit.id,
    '--commodity',
    '2605.00',
    '--mass',
    '20 t',
  ];
  const refused = await cli(...lotArgs, '--content', 'Co=1.2t');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('(quota-exceeded)') });
  await json('grant', ...rpc, '--facility', pit.id, '--material', 'cobalt', '--year', year(), '--mass', '5t');
  const born = await json<Sent>(...lotArgs, '--content', 'Co=1.2t');
  const [lot = ''] = born.lots;
  expect(born.status).toMatch(/recorded|final/);

  const short = lot.slice(2, 12);
  const attested = await json<Sent>(
    'attest',
    '--key',
    'auditor',
    '--subject',
    pit.id,
    '--scheme',
    'IRMA',
    '--outcome',
    'alert',
    '--until',
    '2099-01-01',
  );
  await json('revoke', attested.id, '--key', 'auditor');
  const way = ['--from', pit.id, '--to', works.id, '--mode', 'road'];
  await json('dispatch', '--key', 'mine', '--lot', short, ...way);
  await json('receive', '--key', 'plant', '--lot', short, '--refuse');
  await json('dispatch', '--key', 'mine', '--lot', short, ...way);
  await json('receive', '--key', 'plant', '--lot', `${short}=19.9t`);
  expect((await cli('lot', short)).out).toContain('Weighed on its last arrival: 19.9 t');
  const made = ['--output', '2833.29 3t Co=600kg', '--output', '2822.00 2t Co=300kg'];
  const process = ['--process', 'refine', '--model', 'segregated'];
  const refined = await cli(
    'transform',
    '--key',
    'plant',
    '--facility',
    works.id,
    ...process,
    '--input',
    short,
    ...made,
  );
  expect(refined.err).toContain('3 t of 2833.29 Other sulphates (cobalt, manganese), with 600 kg Cobalt');
  expect(refined.out.match(/^Lot 0x[0-9a-f]{64}$/gm)).toHaveLength(2);
  expect(refined.code).toBe(0);

  const spent = await cli('lot', short);
  expect(spent.out).toContain('spent, at');
  const certificate = await cli('certificate', lot, '--out', join(folder, 'certificate.json'));
  expect(certificate.out).toMatch(/^NOT ENOUGH EVIDENCE — OECD/);
  expect(certificate.out).toContain('1.2 t Cobalt: mined at');
  expect((await cli('statement', born.id)).out).toMatch(/^Production .* (recorded|final)\n/);
});

test('a field is shared, seen by its party alone, and proven, by commands alone', {
  timeout: 120_000,
}, async () => {
  const rpc = ['--rpc', service.chainUrl];
  for (const name of ['seller', 'buyer']) await json('admit', await keyed(name), ...rpc);
  const file = join(folder, 'offer.json');
  await writeFile(join(folder, 'report.pdf'), 'a report');
  const hashed = await json<Record<string, string>>('evidence', 'files', join(folder, 'report.pdf'));
  await writeFile(file, JSON.stringify({ price: '12', margin: '3', ...hashed }));
  const hidden = ['--hide', 'price', '--hide', 'margin', '--hide', 'documents[0].sha256'];
  const site = ['facility', '--kind', 'mine', '--country', 'CD', '--key', 'seller'];
  const made = await json<Sent>(...site, '--evidence', file, ...hidden);
  const { root } = JSON.parse(await readFile(join(folder, 'offer.salted.json'), 'utf8')) as { root: string };
  const { account: buyer } = (await json<{ name: string; account: string }[]>('keys', 'list')).find(
    ({ name }) => name === 'buyer',
  ) as { account: string };
  const salted = join(folder, 'offer.salted.json');
  const fields = ['--field', 'price', '--field', 'documents[0].sha256'];
  const done = await cli('evidence', 'disclose', salted, ...fields, '--with', buyer, '--key', 'seller');
  expect([done.code, done.out], done.err).toEqual([0, expect.stringContaining(`shared with ${buyer}`)]);
  const listed = await cli('evidence', 'shared', '--key', 'buyer');
  expect(listed.out).toContain(`${root}  price`);
  const seen = ['--sign-in', '--key', 'buyer'];
  expect((await cli('evidence', 'show', root, ...seen)).out).toContain('price: "12" (shared with');
  expect((await cli('evidence', 'show', root)).out).not.toContain('price');
  expect((await cli('evidence', 'prove', root, '--field', 'price', ...seen)).out).toContain('Proven');
  expect((await cli('evidence', 'prove', root, '--field', 'price')).err).toContain('(field-not-shown)');
  const report = ['evidence', 'files', join(folder, 'report.pdf'), '--root', root];
  expect((await cli(...report, ...seen)).out).toContain('is documents[0].sha256 of');
  expect((await cli(...report)).code).toBe(1);
  expect((await cli('evidence', 'disclose', salted, '--field', 'price', '--key', 'seller')).code).toBe(2);
  const asked = await json<{ id: string }>(
    'ask',
    made.id,
    '--message',
    'What margin?',
    '--rule',
    'site-known',
  );
  expect((await cli('requests', 'list', '--open', '--key', 'seller')).out).toContain('  What margin?\n');
  const answer = ['requests', 'answer', asked.id, '--key', 'seller'];
  expect((await cli(...answer, '--evidence', root, '--note', 'The price must do.')).code).toBe(0);
  expect((await cli('requests', 'show', asked.id)).out).toContain(`evidence ${root}, "The price must do."`);
});

test('what is not used right says what is expected, and exits with 2', async () => {
  expect(await cli('facility', '--kind', 'smelter', '--country', 'FI')).toMatchObject({
    code: 2,
    err: expect.stringContaining('"smelter" is not a kind of facility: expected one of mine, artisanal-mine'),
  });
  expect(await cli('lot', '0x1234')).toMatchObject({
    code: 2,
    err: expect.stringContaining('at least the first 8 digits'),
  });
  expect(await cli('register')).toMatchObject({ code: 2, err: expect.stringContaining('required option') });
  expect(await cli('nonsense')).toMatchObject({ code: 2 });
  expect(await cli('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes') });
  expect(await cli('dispatch', '--help')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Examples:'),
  });
});

test('what cannot be done says why and what to do, and exits with 1', async () => {
  expect(await cli('lot', '12345678')).toMatchObject({
    code: 1,
    err: expect.stringContaining('No lot begins with'),
  });
  expect(await cli('facility', '--kind', 'mine', '--country', 'FI', '--key', 'nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no key "nobody"'),
  });
  const nowhere = await cli('lot', '12345678', '--api', 'http://127.0.0.1:1', '--json');
  expect(JSON.parse(nowhere.out)).toMatchObject({ error: { code: 'service-unreachable' } });
  expect(nowhere.code).toBe(1);
});

test('a dry run shows what would be signed, and sends nothing', { timeout: 60_000 }, async () => {
  const { code, out, err } = await cli(
    'facility',
    '--kind',
    'mine',
    '--country',
    'CD',
    '--key',
    'mine',
    '--dry-run',
  );
  expect([code, out]).toEqual([0, expect.stringContaining('Not sent. Its id would be 0x')]);
  expect(err).toContain('register a facility of yours: mine, in DR Congo.');
  const [id = ''] = /0x[0-9a-f]{64}/.exec(out) ?? [];
  expect(await cli('statement', id)).toMatchObject({ code: 1 });
});

test('a wrong password is said to be wrong, and no key is written over', { timeout: 60_000 }, async () => {
  expect(await cli('keys', 'new', 'mine')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is a key "mine" already'),
  });
  await writeFile(join(folder, 'password.txt'), 'another one\n');
  const wrong = [
    'facility',
    '--kind',
    'mine',
    '--country',
    'CD',
    '--key',
    'mine',
    '--password-file',
    join(folder, 'password.txt'),
  ];
  expect(await cli(...wrong)).toMatchObject({
    code: 1,
    err: expect.stringContaining('not the password of the key "mine"'),
  });
});

const year = (): string => String(new Date().getUTCFullYear());
