import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { readHeader } from '../../src/verification/bundle/header.ts';
import { tellStory } from '../api/story.ts';
import { commandLine, type Run } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';

type Raw = { header: Hex; lot: Hex; records: Record<string, unknown>[] };

let service: TestService;
let folder: string;
let bundle: Raw;

beforeAll(async () => {
  service = await startTestService();
  const { received } = await tellStory(service);
  bundle = (await service.get<Raw>(`/v1/lots/${received.lot}/bundle`)).body;
  folder = await mkdtemp(join(tmpdir(), 'lodebook-verify-'));
}, 120_000);

afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** With no service to ask: the address of one that does not exist. */
async function verify(value: unknown, ...args: string[]): Promise<Run> {
  const file = join(folder, 'lot.bundle.json');
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return commandLine('http://127.0.0.1:9', folder).cli('verify', file, ...args);
}

test('a bundle is checked with no service, and says what is still trusted', async () => {
  const { code, out, err } = await verify(bundle);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('The bundle holds.');
  expect(out).toContain('NOT ENOUGH EVIDENCE');
  expect(out).toMatch(
    /What you still trust:\n- That the block with the hash 0x[0-9a-f]{64} .* the bundle alone says so/,
  );
  expect(out).toContain('the state keeps no such times');
  const json = JSON.parse((await verify(bundle, '--json')).out);
  expect(json).toMatchObject({ ok: true, certificate: { lot: { id: bundle.lot } }, signed: { key: 6 } });
});

test('the block can be named, and has to be that one', async () => {
  const { hash } = readHeader(bundle.header);
  const right = await verify(bundle, '--block-hash', hash);
  expect(right.code).toBe(0);
  expect(right.out).toContain('which you or your node named');
  const wrong = await verify(bundle, '--block-hash', `0x${'11'.repeat(32)}`);
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('block-unexpected') });
  expect(await verify(bundle, '--block-hash', '0x12')).toMatchObject({ code: 2 });
  const { address } = (bundle as never as { ledger: { address: string } }).ledger;
  const ours = await verify(bundle, '--ledger', address);
  expect(ours.out).toContain('which you named, was deployed as it should be');
  const theirs = await verify(bundle, '--ledger', `0x${'44'.repeat(20)}`);
  expect(theirs).toMatchObject({ code: 1, err: expect.stringContaining('ledger-unexpected') });
  const policy = await verify(bundle, '--policy-hash', `0x${'22'.repeat(32)}`);
  expect(policy).toMatchObject({ code: 1, err: expect.stringContaining('policy-unexpected') });
});

test('a node vouches for the block, and for what the state does not keep', async () => {
  const rpc = ['--rpc', service.chainUrl];
  const { code, out, err } = await verify(bundle, ...rpc);
  expect([code, err]).toEqual([0, '']);
  expect(out).not.toContain('the state keeps no such times');
  // Of the last record, in a block of its own, the state keeps no time: offline it passes.
  const last = bundle.records.length - 1;
  const record = bundle.records[last] as { block: number; recordedAt: number };
  const moved = { ...bundle, records: bundle.records.with(last, { ...record, block: record.block + 1 }) };
  expect((await verify(moved)).code).toBe(0);
  expect(await verify(moved, ...rpc)).toMatchObject({
    code: 1,
    err: expect.stringContaining(`record-unconfirmed at records.${last}`),
  });
  const elsewhere = { ...bundle, ledger: { ...(bundle as never as { ledger: object }).ledger, chainId: 5 } };
  expect(await verify(elsewhere, ...rpc)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is chain 31337'),
  });
});

test('what does not hold is named, with its place', async () => {
  const found = bundle.records.findIndex(({ type }) => type === 'Attestation');
  const hushed = await verify({ ...bundle, records: bundle.records.toSpliced(found, 1) });
  expect(hushed.code).toBe(1);
  expect(hushed.err).toMatch(
    /does not hold: \d problems?\. Do not rely on its certificate\.\n {2}trail-incomplete at /,
  );
  expect(await verify({})).toMatchObject({
    code: 1,
    err: expect.stringContaining('bundle-malformed at format'),
  });
  expect(await verify('{')).toMatchObject({ code: 1, err: expect.stringContaining('is not JSON') });
  const nowhere = await commandLine('http://127.0.0.1:9', folder).cli('verify', join(folder, 'none.json'));
  expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('cannot be read (ENOENT)') });
});

test('the service gives no bundle of what it does not have', async () => {
  expect(await service.get(`/v1/lots/0x${'33'.repeat(32)}/bundle`)).toMatchObject({
    status: 404,
    body: { code: 'unknown-lot' },
  });
  expect(await service.get(`/v1/lots/${bundle.lot}/bundle?policy=none`)).toMatchObject({
    status: 404,
    body: { code: 'unknown-policy' },
  });
});
