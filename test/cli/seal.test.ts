import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Bundle } from '../../src/verification/bundle/format.ts';
import { verifyBundle } from '../../src/verification/bundle/verify.ts';
import { certificateHash } from '../../src/verification/certificate-hash.ts';
import { SEAL_SCHEME } from '../../src/verification/sealed/content.ts';
import { verifySealed } from '../../src/verification/sealed/verify.ts';
import { attestation, type Story, tellStory } from '../api/story.ts';
import { commandLine } from '../support/cli.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { until } from '../support/until.ts';

type Json = Record<string, unknown>;
type Raw = Json & { fields: (Json & { path: string; value: never })[]; attestations: Json[]; trail: Hex[] };

let service: TestService;
let story: Story;
let folder: string;
let auditor: Hex;
let seal: Hex;
let raw: Raw;
let bundle: Bundle;

const sealedOf = async (lot: Hex) => (await service.get<Raw>(`/v1/lots/${lot}/sealed`)).body;
const codes = (input: unknown, options = {}) => {
  const result = verifySealed(input, options);
  return result.ok ? [] : result.problems.map(({ code }) => code);
};
const line = () => commandLine(service.url, folder);

beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
  folder = await mkdtemp(join(tmpdir(), 'lodebook-seal-'));
  auditor = (await line().json<{ account: Hex }>('keys', 'new', 'auditor')).account;
  await service.act({ act: 'admit', party: auditor, evidence: ZERO_BYTES32 });
}, 300_000);

afterAll(async () => {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('before anybody has sealed it', () => {
  test('there is no sealed certificate, and it says what to do', async () => {
    const { status, body } = await service.get<Problem>(`/v1/lots/${story.received.lot}/sealed`);
    expect([status, body.code]).toEqual([404, 'not-sealed']);
    expect(body.detail).toContain('No auditor has sealed a certificate of lot');
    const { body: none } = await service.get<Problem>(`/v1/lots/0x${'33'.repeat(32)}/sealed`);
    expect(none.code).toBe('unknown-lot');
  });

  test('an auditor that is not accredited for it cannot seal', async () => {
    const run = await line().cli('seal', story.received.lot);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining('not-accredited') });
    const own = await line().cli('seal', story.received.lot, '--ledger', `0x${'44'.repeat(20)}`);
    expect(own).toMatchObject({ code: 1, err: expect.stringContaining('ledger-unexpected') });
  });
});

describe('once an accredited auditor has sealed it', () => {
  beforeAll(async () => {
    await service.act({ act: 'accredit', auditor, scheme: SEAL_SCHEME, evidence: ZERO_BYTES32 });
    bundle = (await service.get<Bundle>(`/v1/lots/${story.received.lot}/bundle`)).body;
    const run = await line().cli('seal', story.received.lot, '--rpc', service.chainUrl);
    expect([run.code, run.err.includes('What you trust yourself when you seal it')]).toEqual([0, true]);
    seal = (/Attestation (0x[0-9a-f]{64})/.exec(run.out)?.[1] ?? '') as Hex;
    await until(async () => (await service.get(`/v1/lots/${story.received.lot}/sealed`)).status === 200, {
      what: 'the seal',
    });
    raw = await sealedOf(story.received.lot);
  }, 60_000);

  test('anyone can check it, and is told whom they trust', async () => {
    const result = verifySealed(raw);
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const full = verifyBundle(bundle);
    if (!full.ok) throw new Error(JSON.stringify(full.problems));
    expect(result.content['certificate.hash']).toBe(certificateHash(full.certificate));
    expect(result).toMatchObject({
      auditor,
      seal,
      content: { verdict: full.certificate.verdict, 'policy.hash': full.certificate.policy.hash },
    });
    expect(result.content.shares).toMatchObject([
      { kind: 'mined', country: { name: 'DR Congo' }, sharePpm: 1_000_000 },
    ]);
    expect(result.trusted[0]).toContain(`The auditor ${auditor}, for all that went into the lot`);
  });

  test('the command line says so, with a node or without one', async () => {
    const file = join(folder, 'lot.sealed.json');
    await writeFile(file, JSON.stringify(raw));
    const offline = await commandLine('http://127.0.0.1:9', folder).cli('verify', file);
    expect([offline.code, offline.err]).toEqual([0, '']);
    expect(offline.out).toContain('The seal holds.');
    expect(offline.out).toContain('NOT ENOUGH EVIDENCE');
    expect(offline.out).toContain('What you still trust:\n- The auditor 0x');
    const asked = await line().cli('verify', file, '--rpc', service.chainUrl);
    expect(asked.out).toContain('as you or your node say');
    const other = await line().cli('verify', file, '--policy-hash', `0x${'22'.repeat(32)}`);
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('policy-unexpected') });
  });

  test('it names nothing upstream', () => {
    const upstream = [story.miner.address, story.mine, story.plant, story.origin, story.shipped, story.audit];
    const others = [story.received.head, story.held.lot, story.moving.lot, story.auditor.address];
    const text = JSON.stringify(raw);
    for (const id of [...upstream, ...others]) expect(text).not.toContain(id.slice(2));
  });

  test('another content, or less of it, fails', () => {
    const said = (path: string, value: unknown) =>
      raw.fields.map((field) => (field.path === path ? { ...field, value } : field));
    expect(codes({ ...raw, fields: said('verdict', 'meets') })).toEqual(['content-altered']);
    expect(codes({ ...raw, fields: said('certificate.hash', ZERO_BYTES32) })).toEqual(['content-altered']);
    expect(codes({ ...raw, fields: raw.fields.slice(1) })).toEqual(['content-altered']);
    expect(codes({ ...raw, fields: [...raw.fields, raw.fields[0]] })).toEqual(['content-altered']);
    expect(codes({ ...raw, lot: story.held.lot })).toEqual(['proof-missing']);
    expect(codes({ ...raw, seal: ZERO_BYTES32 })).toEqual(['seal-missing']);
    expect(codes({ ...raw, nodes: [] })).toEqual(['proof-missing']);
    expect(codes({ ...raw, more: 1 })).toEqual(['sealed-malformed']);
    expect(codes(null)).toEqual(['sealed-malformed']);
  });

  test('another signature, block or ledger fails', () => {
    const signed = { ...raw.attestations[0], signature: `0x${'11'.repeat(65)}` };
    expect(codes({ ...raw, attestations: [signed] })).toEqual(['signature-invalid']);
    expect(codes(raw, { blockHash: ZERO_BYTES32 })).toEqual(['block-unexpected']);
    expect(codes(raw, { ledger: `0x${'44'.repeat(20)}` })).toEqual(['ledger-unexpected']);
  });

  test('what else is attested of the lot is there, and cannot be left out', async () => {
    const [sealed] = raw.attestations as never as [{ message: { evidence: Hex } }];
    const { evidence } = sealed.message;
    const alert = attestation(story.auditor, story.received.lot, { outcome: 3, evidence });
    await service.record(alert, story.auditor);
    const after = await sealedOf(story.received.lot);
    const result = verifySealed(after);
    expect(result).toMatchObject({ ok: true, others: [{ scheme: 'RMAP', outcome: 'alert' }] });
    const hushed = { ...after, attestations: after.attestations.slice(0, 1) };
    expect(codes(hushed)).toEqual(['trail-incomplete']);
    expect(codes({ ...hushed, trail: after.trail.slice(0, 1) })).toEqual(['trail-incomplete']);
  });

  test('the same document under another scheme, by whoever is accredited for that, is no seal', async () => {
    const after = await sealedOf(story.received.lot);
    // The file proves no accreditation for that scheme.
    expect(codes({ ...after, seal: after.trail[1] })).toEqual(['proof-missing']);
  });

  test('without its accreditation, or suspended, the auditor’s seal fails', async () => {
    const evidence = ZERO_BYTES32;
    await service.act({ act: 'withdraw', auditor, scheme: SEAL_SCHEME, evidence });
    await service.act({ act: 'suspend', party: auditor, evidence });
    expect(codes(await sealedOf(story.received.lot))).toEqual([
      'auditor-not-accredited',
      'auditor-suspended',
    ]);
    await service.act({ act: 'reinstate', party: auditor, evidence });
    await service.act({ act: 'accredit', auditor, scheme: SEAL_SCHEME, evidence });
    expect(codes(await sealedOf(story.received.lot))).toEqual([]);
  });

  test('once it is revoked, it says so', async () => {
    await line().json('revoke', seal);
    const result = verifySealed(await sealedOf(story.received.lot));
    expect(result).toMatchObject({ ok: false, problems: [{ code: 'seal-ended' }] });
    expect(JSON.stringify(result)).toContain('it was revoked: the auditor or the registrar ended it');
    // What was sealed before still holds for whoever has an older block alone: that is what the block's hash is for.
    expect(codes(raw)).toEqual([]);
  });
});
