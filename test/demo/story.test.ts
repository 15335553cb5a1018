import { afterAll, beforeAll, expect, test } from 'vitest';
import { openNode } from '../../src/chain/node.ts';
import { tail, trail } from '../../src/chain/views.ts';
import { type Client, createClient } from '../../src/client/client.ts';
import type { StoryPack } from '../../src/demo/ground.ts';
import { storyGround } from '../../src/demo/ground.ts';
import { walletOf } from '../../src/demo/personas.ts';
import { planStory, statementsOf } from '../../src/demo/plan.ts';
import { runStory, type StoryOptions } from '../../src/demo/run.ts';
import { storyState } from '../../src/demo/state.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { shippedPolicies } from '../../src/verification/policies/shipped.ts';
import type { Policy } from '../../src/verification/policy.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { expectActionable } from '../verification/actionable.ts';
import { expectBothLanguages } from '../web/french.ts';

const LONG = 240_000;

let service: TestService;
let client: Client;
let options: StoryOptions;
let packs: readonly StoryPack[];

beforeAll(async () => {
  service = await startTestService();
  client = createClient({ api: service.url });
  const { registrar, accreditor } = service.keys;
  options = { api: service.url, rpc: service.chainUrl, registrarKey: registrar, accreditorKey: accreditor };
}, LONG);

afterAll(() => service.stop());

test('it is cut short twice and goes on where it was', { timeout: LONG }, async () => {
  expect(await storyState(options)).toMatchObject({ kind: 'empty', recorded: 0 });
  await cutShortAfter(40);
  expect((await storyState(options)).kind).toBe('partial');
  await cutShortAfter(130);
  const { kind, recorded, total } = await storyState(options);
  expect([kind, recorded > 60, recorded < total]).toEqual(['partial', true, true]);
  packs = await runStory(options);
  expect(await storyState(options)).toMatchObject({ kind: 'complete', recorded: total });
});

test('nothing is doubled, and a run over a whole story changes nothing', { timeout: LONG }, async () => {
  const before = await lots();
  const planned = statementsOf(planStory(await storyGround(options))).flatMap(({ statement }) =>
    statement.type === 'Production' ? statement.message.outputs : [],
  );
  expect(before.length).toBe(planned.length);
  const { indexed } = await client.health();
  await runStory(options);
  expect((await client.health()).indexed?.number).toBe(indexed?.number);
  expect(await lots()).toEqual(before);
});

test('the packs have the three verdicts, each for its own reason', { timeout: LONG }, async () => {
  const [a, b, c] = await Promise.all(packs.map(({ lot }) => client.certificate(lot)));
  expect([a?.verdict, b?.verdict, c?.verdict]).toEqual(packs.map(({ verdict }) => verdict));
  const reasons = (certificate: typeof a): string[] =>
    (certificate?.findings ?? [])
      .filter(({ severity }) => severity !== 'information')
      .map(({ title }) => title);
  expect(reasons(a)).toEqual([]);
  const since = a?.findings
    .filter(({ title }) => title.includes('after the fact'))
    .map(({ severity, title }) => `${severity}: ${title}`);
  expect(since).toEqual([
    expect.stringMatching(/^information: \d+ attestations were recorded after the fact$/),
    'information: An alert was withdrawn after the fact',
  ]);
  expect(reasons(b).join('\n')).toMatch(
    /Xin’an River refinery.*not conformant.*\n.*a non-conformance was open/,
  );
  expect(reasons(c).join('\n')).toMatch(
    /Swan Estuary.*no audit in force.*\n.*handled this nickel\n38.46 kg of nickel: origin not on the ledger/,
  );
  const cobalt = (a?.origins ?? []).filter(({ material }) => material.symbol === 'Co');
  const from = cobalt.map(({ kind, site }) => [kind, site.kind, site.country?.alpha2]);
  expect(from).toEqual(
    expect.arrayContaining([
      ['mined', 'mine', 'CD'],
      ['mined', 'artisanal-mine', 'CD'],
      ['collected', 'recycler', 'DE'],
    ]),
  );
});

test('under every policy that ships, each finding says what, where, how much, why and what would mend it, in both languages', {
  timeout: LONG,
}, async () => {
  const all = await lots();
  const kinds = new Map(all.map((lot) => [`${lot.commodity} ${lot.status}`, lot.id]));
  const policies = shippedPolicies();
  const asked = [
    ...packs.flatMap(({ lot }) => policies.map((policy) => ({ lot, policy }))),
    ...[...kinds.values()].map((lot, at) => ({ lot, policy: policies[at % policies.length] as Policy })),
  ];
  for (const { lot, policy } of asked) {
    const certificate = await client.certificate(lot, policy.id);
    expectActionable(certificate, policy);
    expectBothLanguages(certificate);
  }
});

test('each lot’s origins add up to its content, exactly', { timeout: LONG }, async () => {
  for (const { id, content } of await lots()) {
    const { materials } = await client.origins(id);
    expect(
      materials.map(({ material, recycled, milligrams }) => ({ material, recycled, milligrams })),
    ).toEqual(content.map(({ material, recycled, milligrams }) => ({ material, recycled, milligrams })));
    for (const { milligrams, origins } of materials) {
      expect(String(origins.reduce((sum, origin) => sum + BigInt(origin.milligrams), 0n))).toBe(milligrams);
    }
  }
});

test('everybody has a name, and the story shows what can go wrong on the way', {
  timeout: LONG,
}, async () => {
  const { items } = await client.parties({ limit: 200 });
  expect(items.filter(({ name }) => name === null)).toEqual([]);
  expect(items.filter(({ status }) => status === 'suspended').map(({ name }) => name)).toEqual([
    'Comptoir Mwangaza SARL (invented)',
  ]);
  const kinds = new Set<string>();
  for (const { id } of await lots())
    for (const { kind } of (await client.lotHistory(id)).entries) kinds.add(kind);
  expect([...kinds].sort()).toEqual(['accept', 'birth', 'dispatch', 'recall', 'refuse', 'spend', 'void']);
});

test('what was corrected, observed and signed by delegates stands on the certificates', {
  timeout: LONG,
}, async () => {
  const [wrong] = (await client.lots({ status: 'void' })).items;
  if (!wrong) throw new Error('Nothing is void');
  const voided = await client.certificate(wrong.id);
  expect([voided.verdict, voided.lot.status]).toEqual(['does not meet', 'void']);
  expect(voided.findings[0]).toMatchObject({
    rule: 'lot-stands',
    severity: 'breach',
    title: 'This lot is void: what made it was corrected',
    detail: expect.stringContaining('Do not accept, pay for or process anything under this id'),
  });
  expect(voided.corrections).toMatchObject([
    { effect: 'void', reason: expect.stringContaining('zero too many') },
  ]);
  const { production } = await client.lot(wrong.id);
  expect(production.correctedBy).toMatchObject({ id: voided.corrections[0]?.correction });
  expect((await client.statement(production.id))?.correctedBy).toBe(voided.corrections[0]?.correction);

  const { custody } = await client.certificate(packs[0]?.lot as Hex);
  const observed = custody.flatMap((step) => (step.observed ? [{ kind: step.kind, ...step.observed }] : []));
  expect(observed).toMatchObject([
    {
      kind: 'leg',
      devices: 1,
      observations: 2,
      readings: 6,
      inspections: 0,
      observers: [{ legalName: 'Tisza Cell Kft. (invented)' }],
    },
  ]);
  const phone = hex(walletOf('umoja/phone').address);
  const signed = custody.filter((step) => step.signedBy === phone);
  expect(signed.map((step) => step.kind)).toEqual(['production', 'production']);
});

test('a log read from the API is the chain’s, and so is a trail', { timeout: LONG }, async () => {
  const { custody } = await client.certificate(packs[0]?.lot as Hex);
  const subject = custody.find((step) => step.observed)?.statement as Hex;
  const { items } = await client.observations(subject);
  const [log] = (await client.logs(subject)).items;
  expect(items.map(({ id, previous }) => [id, previous])).toEqual([
    [log?.tail, log?.first],
    [log?.first, `0x${'00'.repeat(32)}`],
  ]);
  const node = openNode({ url: service.chainUrl, ledger: service.identity.ledger });
  const key = { observer: log?.observer.id as Hex, device: log?.device as Hex, subject };
  expect(await tail(node, key)).toBe(log?.tail);
  const plan = planStory(await storyGround(options));
  const audited = statementsOf(plan).flatMap(({ statement }) =>
    statement.type === 'Attestation' ? [statement.message.subject] : [],
  );
  for (const said of [subject, ...new Set(audited)])
    expect((await client.trail(said)).trail).toBe(await trail(node, said));
});

test('a party that replaced its key is known by its first account, and signs with the second', async () => {
  const party = hex(walletOf('perameri').address);
  const { key, keyNumber, keys, proposal } = await client.party(party);
  expect([key, keyNumber, proposal]).toEqual([hex(walletOf('perameri/second').address), 2, null]);
  expect(keys.map(({ key, by }) => [key, by])).toEqual([
    [party, 'admission'],
    [key, 'replacement'],
  ]);
  const { items } = await client.delegations(hex(walletOf('umoja').address));
  expect(items).toMatchObject([
    { delegate: hex(walletOf('umoja/phone').address), scope: ['production'], standing: 'in-force' },
  ]);
});

async function cutShortAfter(steps: number): Promise<void> {
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }): void => {
    if (done === steps) stop.abort(new Error('cut short'));
  };
  await expect(runStory({ ...options, onProgress, signal: stop.signal })).rejects.toThrow('cut short');
}

async function lots() {
  const all: Pick<Awaited<ReturnType<Client['lot']>>, 'id' | 'content' | 'commodity' | 'status'>[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await client.lots({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items.map(({ id, content, commodity, status }) => ({ id, content, commodity, status })));
    cursor = page.next;
  }
  return all;
}
