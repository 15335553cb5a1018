import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { attestationDetail, attestationPage } from '../../src/api/schemas/attestations.ts';
import { health } from '../../src/api/schemas/health.ts';
import { ancestry, lotDetail, lotHistory, lotPage, origins } from '../../src/api/schemas/lots.ts';
import { facilityDetail, facilityPage, partyDetail, partyPage } from '../../src/api/schemas/parties.ts';
import { policyDetail, policyPage } from '../../src/api/schemas/policies.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { protocolDescription } from '../../src/api/schemas/protocol.ts';
import { recallLine } from '../../src/api/schemas/recall.ts';
import { statementStatus } from '../../src/api/schemas/statements.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import { certificateJson } from '../../src/verification/certificate.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { output, production } from '../support/statements.ts';
import { cobalt, GRAM, type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;

beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
}, 120_000);
afterAll(() => service?.stop());

/** The answer, which has the form that the route promises. */
async function read<T>(schema: z.ZodType<T>, path: string): Promise<T> {
  const reply = await service.get(path);
  expect(reply, path).toMatchObject({ status: 200 });
  return schema.parse(reply.body);
}

describe('lots', () => {
  test('are listed newest first, in pages that join without gaps', async () => {
    const whole = await read(lotPage, '/v1/lots');
    expect(whole.items).toHaveLength(7);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const page: z.infer<typeof lotPage> = await read(lotPage, `/v1/lots?limit=2${query}`);
      paged.push(...page.items.map((lot) => lot.id));
      cursor = page.next;
    }
    expect(paged).toEqual(whole.items.map((lot) => lot.id));
  });

  test.each([
    ['custodian', (s: Story) => `custodian=${s.smelter.address}`, (s: Story) => [s.received.lot]],
    ['status', () => 'status=in-transit', (s: Story) => [s.moving.lot]],
    ['status', () => 'status=spent', (s: Story) => [s.spent.lot]],
    ['facility', (s: Story) => `facility=${s.plant}`, (s: Story) => [s.moving.lot, s.received.lot]],
    ['material', () => 'material=28', () => []],
    [
      'an address in capitals',
      (s: Story) => `custodian=${s.smelter.wallet.address}`,
      (s: Story) => [s.received.lot],
    ],
  ])('are found by %s', async (_name, query, lots) => {
    const { items } = await read(lotPage, `/v1/lots?${query(story)}`);
    expect(items.map((lot) => lot.id).sort()).toEqual(lots(story).sort());
  });

  test('are shown with where they are, and what to name next', async () => {
    const held = await read(lotDetail, `/v1/lots/${story.held.lot}`);
    expect(held).toMatchObject({
      ...{
        status: 'held',
        head: story.held.lot,
        commodity: 260500,
        milligrams: '100000',
        process: 'extract',
      },
      content: [{ material: 27, symbol: 'Co', name: 'Cobalt', recycled: false, milligrams: '1000' }],
      custodian: { id: story.miner.address, name: null },
      facility: { id: story.mine, kind: 'mine', country: { numeric: 180, alpha2: 'CD', name: 'DR Congo' } },
      ...{ transit: null, spentBy: null, production: { id: story.origin, output: 0 } },
    });
    const moving = await read(lotDetail, `/v1/lots/${story.moving.lot}`);
    expect(moving).toMatchObject({
      status: 'in-transit',
      transit: { dispatch: story.shipped, mode: 'road' },
    });
  });

  test('keep their history', async () => {
    const { entries } = await read(lotHistory, `/v1/lots/${story.received.lot}/history`);
    expect(entries.map(({ kind }) => kind)).toEqual(['birth', 'dispatch', 'accept']);
    expect(entries[1]?.author.id).toBe(story.miner.address);
  });

  test('know what they are made of, and where that comes from', async () => {
    const outputs = [output(200n * GRAM, [cobalt(3n * GRAM)])];
    const inputs = [story.held, story.other].map(({ lot, head }) => ({ lot, head }));
    const where = { custodian: story.miner.address, facility: story.mine };
    const blended = await service.record(
      production(where, outputs, { process: 'blend', inputs }),
      story.miner,
    );
    const [lot = ''] = blended.lots;
    const up = await read(ancestry, `/v1/lots/${lot}/ancestry`);
    expect(up.nodes.map(({ id, depth }) => [id, depth])).toContainEqual([story.held.lot, 1]);
    expect(up.edges).toHaveLength(2);
    expect((await read(ancestry, `/v1/lots/${lot}/ancestry?limit=1`)).truncated).toBe(true);
    const down = await read(ancestry, `/v1/lots/${story.other.lot}/descendants`);
    expect(down.nodes.map(({ id }) => id)).toEqual([story.other.lot, lot]);
    const from = await read(origins, `/v1/lots/${lot}/origins`);
    expect(from.materials).toMatchObject([
      { symbol: 'Co', milligrams: '3000', origins: [{ process: 'extract', milligrams: '3000', share: 1 }] },
    ]);
    expect(from.sites.map(({ facility }) => facility.id)).toEqual([story.mine]);
    const certificate = await read(certificateJson, `/v1/lots/${lot}/certificate`);
    expect(certificate.lot.id).toBe(lot);
    const [policy] = (await read(policyPage, '/v1/policies')).items;
    expect(certificate.policy).toMatchObject({ id: policy?.id, hash: policy?.hash });
  });
});

test('a recall is told line by line, to its end', async () => {
  const reply = await service.get<string>(`/v1/lots/${story.other.lot}/recall`);
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  const lines = recalled(String(reply.body));
  const kinds = lines.map(({ kind }) => kind);
  expect([kinds[0], kinds[1], kinds.at(-1)]).toEqual(['recall', 'holder', 'end']);
  const lots = lines.flatMap((line) => (line.kind === 'lot' ? [line.id] : []));
  const down = await read(ancestry, `/v1/lots/${story.other.lot}/descendants`);
  expect(lots).toEqual(down.nodes.filter(({ status }) => status === 'held').map(({ id }) => id));
  const [head] = lines;
  if (head?.kind !== 'recall') throw new Error('The first line is not about the whole');
  expect(head.lots).toBe(lots.length);
  for (const { milligrams, live, gone } of head.materials)
    expect(BigInt(live) + BigInt(gone)).toBe(BigInt(milligrams) << 64n);
  const unknown = await service.get<Problem>(`/v1/lots/0x${'77'.repeat(32)}/recall`);
  expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown-lot']);
});

function recalled(text: string) {
  const lines = text.trimEnd().split('\n');
  return lines.map((line) => recallLine.parse(JSON.parse(line)));
}

test('parties and facilities are listed and shown', async () => {
  const parties = await read(partyPage, '/v1/parties');
  expect(parties.items).toHaveLength(4);
  expect(await read(partyDetail, `/v1/parties/${story.suspended.address}`)).toMatchObject({
    status: 'suspended',
    acts: [{ act: 'admit' }, { act: 'suspend' }],
  });
  expect(await read(partyDetail, `/v1/parties/${story.auditor.address}`)).toMatchObject({
    accreditations: [{ scheme: 'RMAP', until: null }],
  });
  expect((await read(facilityPage, '/v1/facilities?kind=mine')).items.map(({ id }) => id)).toEqual([
    story.mine,
  ]);
  const mine = await read(facilityDetail, `/v1/facilities/${story.mine}`);
  expect(mine.quotas.map(({ used }) => BigInt(used)).reduce((a, b) => a + b)).toBe(15n * GRAM);
  expect(mine.attestations.map(({ id }) => id)).toEqual([story.audit]);
});

test('attestations are listed and shown', async () => {
  const query = `subject=${story.mine}&auditor=${story.auditor.address}&scheme=RMAP`;
  const { items } = await read(attestationPage, `/v1/attestations?${query}`);
  expect(items).toMatchObject([{ id: story.audit, standing: 'in-force', subject: { kind: 'facility' } }]);
  const detail = await read(attestationDetail, `/v1/attestations/${story.audit}`);
  expect(detail).toMatchObject({ accredited: true, revocations: [], outcome: 'conformant' });
});

test('statements, policies, protocol and health have the form that they promise', async () => {
  const status = await read(statementStatus, `/v1/statements/${story.origin}`);
  const message = status.message as { outputs: { milligrams: string }[] };
  expect(status.lots).toEqual(
    birthsOf(
      story.origin,
      [story.held, story.other, story.moving, story.received, story.spent].map((b) => b.output),
    ).map(({ lot }) => lot),
  );
  expect(message.outputs[0]?.milligrams).toBe('100000');
  const [policy] = (await read(policyPage, '/v1/policies')).items;
  await read(policyDetail, `/v1/policies/${policy?.id}`);
  const protocol = await read(protocolDescription, '/v1/protocol');
  expect(protocol.domain).toEqual(service.domain);
  expect(await read(health, '/health')).toMatchObject({ status: 'ok', lagBlocks: 0, outbox: { open: 0 } });
});

test('a final statement may be cached for good, others are asked again', async () => {
  const cacheOf = async (path: string) => (await service.get(path)).headers.get('cache-control');
  const { status } = await read(statementStatus, `/v1/statements/${story.shipped}`);
  expect(await cacheOf(`/v1/statements/${story.shipped}`)).toMatch(
    status === 'final' ? /immutable/ : /no-cache/,
  );
  expect(await cacheOf(`/v1/statements/${story.origin}`)).toBe('no-cache');
  expect(await cacheOf(`/v1/lots/${story.held.lot}`)).toBe('no-cache');
  expect(await cacheOf('/health')).toBe('no-store');
});

test('metrics count', async () => {
  const { body } = await service.get<string>('/metrics');
  expect(body).toMatch(/^lodebook_statement_events_total\{event="recorded",type="Dispatch"\} 1$/m);
  expect(body).toMatch(/^lodebook_index_lag_blocks 0$/m);
  expect(body).toMatch(/^lodebook_outbox_open 0$/m);
  expect(body).toMatch(/^lodebook_reorgs_total 0$/m);
  expect(body).toMatch(
    /lodebook_http_request_seconds_count\{method="POST",route="\/v1\/statements",status="201"\}/,
  );
});
