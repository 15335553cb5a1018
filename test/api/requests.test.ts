import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { EvidenceRequest, EvidenceRequestPage } from '../../src/api/schemas/requests.ts';
import { evidenceRoot } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import type { Account } from '../support/accounts.ts';
import { documentOf, publish, signedIn } from '../support/disclosures.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration, output, production } from '../support/statements.ts';
import { cobalt, type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;

beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
}, 120_000);
afterAll(() => service?.stop());

const ask = (subject: string, more: object = {}) =>
  service.post<EvidenceRequest & Problem>('/v1/requests', { subject, message: 'Please show it.', ...more });
const inboxOf = async (who: Account, query = '') =>
  (await (await signedIn(service, who)).get<EvidenceRequestPage>(`/v1/requests${query}`)).body.items;

describe('a request', () => {
  test.each([
    ['a site', (s: Story) => s.plant, (s: Story) => s.smelter, 'facility'],
    ['a lot', (s: Story) => s.received.lot, (s: Story) => s.miner, 'lot'],
    ['a dispatch', (s: Story) => s.shipped, (s: Story) => s.miner, 'dispatch'],
    ['an attestation', (s: Story) => s.audit, (s: Story) => s.auditor, 'attestation'],
    ['a party', (s: Story) => s.smelter.address, (s: Story) => s.smelter, 'party'],
  ])(
    'about %s reaches who is responsible for it, and nobody else',
    async (_name, subject, addressee, kind) => {
      const asked = await ask(subject(story), { rule: 'smelters-audited', contact: 'a@buyer.example' });
      expect([asked.status, asked.body.subject]).toEqual([201, { kind, id: subject(story) }]);
      for (const who of [story.miner, story.smelter, story.auditor]) {
        const found = (await inboxOf(who)).find(({ id }) => id === asked.body.id);
        if (who !== addressee(story)) expect(found).toBeUndefined();
        else
          expect(found).toMatchObject({
            message: 'Please show it.',
            contact: 'a@buyer.example',
            asker: null,
          });
      }
    },
  );

  test('of somebody who is signed in says of whom, and is listed for them', async () => {
    const buyer = await signedIn(service, story.auditor);
    const { body } = await buyer.post<EvidenceRequest>('/v1/requests', {
      subject: story.mine,
      message: 'Why?',
    });
    expect(body.asker?.id).toBe(story.auditor.address);
    const sent = await buyer.get<EvidenceRequestPage>('/v1/requests?box=sent&limit=1');
    expect(sent.body.items).toEqual([body]);
  });

  test.each([
    ['about nothing', () => ({ subject: `0x${'ab'.repeat(32)}` }), 404, 'unknown-subject'],
    ['that asks for nothing', () => ({ message: '  ' }), 400, 'invalid-request'],
    ['that is too long', () => ({ message: 'x'.repeat(2_001) }), 400, 'invalid-request'],
    ['about something else', () => ({ subject: '0x12' }), 400, 'invalid-request'],
  ])('%s is refused', async (_name, fields, status, code) => {
    const reply = await ask(story.mine, fields());
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test('is listed for who is signed in alone', async () => {
    const reply = await service.get<Problem>('/v1/requests');
    expect([reply.status, reply.body.code]).toEqual([401, 'sign-in-required']);
    expect((await service.get<Problem>(`/v1/requests/0x${'ab'.repeat(32)}`)).body.code).toBe(
      'unknown-request',
    );
  });
});

describe('an answer', () => {
  const answered = async (who: Account, id: string, body: object) =>
    (await signedIn(service, who)).post<EvidenceRequest & Problem>(`/v1/requests/${id}/answer`, body);

  test("is the party's own disclosure: the certificate that lacked it changes by itself", async () => {
    const { smelter } = story;
    const document = documentOf({ name: 'Works' });
    const root = evidenceRoot(document);
    const site = (await service.record(facilityRegistration(smelter.address, { evidence: root }), smelter))
      .id as Hex;
    const where = { custodian: smelter.address, facility: site };
    const { lots } = await service.record(production(where, [output(10n, [cobalt(5n)])]), smelter);
    const missing = async () => {
      const { body } = await service.get<Certificate>(`/v1/lots/${lots[0]}/certificate`);
      return body.missing.filter(({ what }) => what === 'site-document').map(({ subject }) => subject);
    };
    const [subject] = await missing();
    const { body } = await ask(subject as Hex, { lot: lots[0] });
    const early = await answered(smelter, body.id, { kind: 'evidence', id: root });
    expect([early.status, early.body.code]).toEqual([422, 'answer-not-own']);
    await publish(service, smelter, document);
    const given = await answered(smelter, body.id, { kind: 'evidence', id: root, note: 'Here it is.' });
    expect(given.body.answer).toMatchObject({ kind: 'evidence', id: root, note: 'Here it is.' });
    expect(await missing()).toEqual([]);
    // Who asked reads it without an account.
    expect((await service.get<EvidenceRequest>(`/v1/requests/${body.id}`)).body).toEqual(given.body);
    expect((await inboxOf(smelter, '?open=true')).map(({ id }) => id)).not.toContain(body.id);
    const again = await answered(smelter, body.id, { kind: 'declined' });
    expect([again.status, again.body.code]).toEqual([409, 'request-answered']);
  });

  test('is of nobody but the party that was asked, and with nothing but its own', async () => {
    const { id } = (await ask(story.plant)).body;
    const other = await answered(story.miner, id, { kind: 'declined' });
    expect([other.status, other.body.code]).toEqual([404, 'unknown-request']);
    const foreign = await answered(story.smelter, id, { kind: 'statement', id: story.shipped });
    expect([foreign.status, foreign.body.code]).toEqual([422, 'answer-not-own']);
    const own = await answered(story.smelter, id, { kind: 'statement', id: story.plant });
    expect(own.body.answer).toMatchObject({ kind: 'statement', id: story.plant });
  });
});

test('strangers can ask one party so often a day and no more; who is signed in still can', async () => {
  let last = await ask(story.voided.lot);
  for (let asked = 0; asked < 60 && last.status === 201; asked += 1) last = await ask(story.voided.lot);
  expect([last.status, last.body.code]).toEqual([429, 'rate-limited']);
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  const buyer = await signedIn(service, story.auditor);
  expect((await buyer.post('/v1/requests', { subject: story.mine, message: 'Me.' })).status).toBe(201);
  expect((await ask(story.plant)).status).toBe(201);
});
