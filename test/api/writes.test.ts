import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvidenceDocument } from '../../src/api/schemas/evidence.ts';
import type { LotDetail } from '../../src/api/schemas/lots.ts';
import type { FacilityDetail, PartyDetail } from '../../src/api/schemas/parties.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { disclose, evidenceRoot } from '../../src/protocol/evidence.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { birthsOf } from '../../src/protocol/lots.ts';
import { statementId } from '../../src/protocol/statements.ts';
import { type Account, account, sign } from '../support/accounts.ts';
import { documentOf, publish, registrarOf } from '../support/disclosures.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { dispatch, facilityRegistration, output, production, receipt } from '../support/statements.ts';
import { until } from '../support/until.ts';

let service: TestService;
let seller: Account;
let buyer: Account;

beforeAll(async () => {
  service = await startTestService();
  [seller, buyer] = (await admit(service, 'seller', 'buyer')) as [Account, Account];
});
afterAll(() => service?.stop());

const registrar = () => registrarOf(service);

describe('a statement', () => {
  test('is accepted at once, recorded soon, and the same one is never taken twice', async () => {
    const statement = facilityRegistration(seller.address, { country: 894 });
    const accepted = await service.send(statement, seller);
    expect(accepted.status).toBe(202);
    const id = statementId(service.domain, statement);
    expect(accepted.body).toMatchObject({
      id,
      author: seller.address,
      type: 'FacilityRegistration',
      refusal: null,
    });
    expect(accepted.headers.get('location')).toBe(`/v1/statements/${id}`);
    const done = await until(async () => {
      const { body } = await service.get<StatementStatus>(`/v1/statements/${id}`);
      return body.status === 'final' && body;
    });
    expect(done).toMatchObject({ transaction: expect.stringMatching(/^0x/) });
    const again = await service.send(statement, seller);
    expect([again.status, again.body.id]).toEqual([200, id]);
    const counted = /statement_events_total\{event="final",type="FacilityRegistration"\} 1$/m;
    await until(async () => counted.test((await service.get<string>('/metrics')).body));
  });

  test('may be waited for', async () => {
    const statement = facilityRegistration(seller.address, { country: 710 });
    const signature = await sign(service.domain, statement, seller.wallet);
    const reply = await service.post<StatementStatus>('/v1/statements?wait=recorded', {
      ...statement,
      signature,
    });
    expect([reply.status, reply.body.status]).toEqual([201, expect.stringMatching(/^(recorded|final)$/)]);
  });

  test('may extend others that are not recorded yet', async () => {
    const site = facilityRegistration(seller.address, { country: 516 });
    const shop = facilityRegistration(buyer.address, { country: 516 });
    const [from, to] = [site, shop].map((each) => statementId(service.domain, each)) as [Hex, Hex];
    const made = production({ custodian: seller.address, facility: from }, [output(5_000n)]);
    const madeId = statementId(service.domain, made);
    const [born] = birthsOf(madeId, made.message.outputs);
    const lot = born?.lot as Hex;
    const route = { consignor: seller.address, consignee: buyer.address, from, to };
    const shipped = dispatch(route, [{ lot, head: lot }]);
    const shippedId = statementId(service.domain, shipped);
    const got = receipt(buyer.address, shippedId, [lot]);
    for (const [statement, author] of [
      [site, seller],
      [shop, buyer],
      [made, seller],
      [shipped, seller],
    ] as const) {
      const reply = await service.send(statement, author);
      expect([200, 202], JSON.stringify(reply.body)).toContain(reply.status);
    }
    expect((await service.record(got, buyer)).status).toMatch(/recorded|final/);
    const { body } = await service.get<LotDetail>(`/v1/lots/${lot}`);
    expect(body).toMatchObject({ status: 'held', custodian: { id: buyer.address }, facility: { id: to } });
  });

  test('of two that extend the same head, one is taken', async () => {
    const site = (await service.record(facilityRegistration(seller.address, { country: 404 }), seller)).id;
    const where = { custodian: seller.address, facility: site };
    const { lots } = await service.record(production(where, [output(5_000n)]), seller);
    const inputs = [{ lot: lots[0] as Hex, head: lots[0] as Hex }];
    const rivals = [4_000n, 3_000n].map((mass) =>
      production(where, [output(mass)], { process: 'split', inputs }),
    );
    const replies = await Promise.all(
      rivals.map((rival) => service.send<StatementStatus & Problem>(rival, seller)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409]);
    const { body } = replies.find(({ status }) => status === 409) as { body: Problem };
    expect(['head-stale', 'lot-is-spent']).toContain(body.code);
  });
});

describe('evidence', () => {
  test('comes beside the statement, hidden fields as leaves, and shows where names are', async () => {
    const whole = documentOf({
      name: 'Mutoshi',
      coordinates: { latitude: -10.7, longitude: 25.4 },
      contact: 'somebody',
    });
    const shown = disclose(whole, ['name', 'coordinates']);
    const root = evidenceRoot(whole);
    const { id } = await service.record(facilityRegistration(seller.address, { evidence: root }), seller, {
      evidence: shown,
    });
    const site = await service.get<FacilityDetail>(`/v1/facilities/${id}`);
    expect(site.body).toMatchObject({ name: 'Mutoshi', coordinates: { latitude: -10.7, longitude: 25.4 } });
    const kept = (await service.get<EvidenceDocument>(`/v1/evidence/${root}`)).body;
    expect(evidenceRoot(kept)).toBe(root);
    expect(JSON.stringify(kept)).not.toContain('somebody');
    const more = await publish(service, seller, whole);
    expect(more.status).toBe(200);
    expect((await service.get<EvidenceDocument>(`/v1/evidence/${root}`)).body.fields).toContainEqual(
      whole.fields[2],
    );
  });

  test('of outputs comes as a list, and stays with its lot', async () => {
    const [delivery, assay] = [documentOf({ batch: 'B-7' }), documentOf({ moisture: '8 %' })];
    const site = (await service.record(facilityRegistration(seller.address, { country: 508 }), seller)).id;
    const outputs = [{ ...output(9_000n), evidence: evidenceRoot(assay) }];
    const made = production({ custodian: seller.address, facility: site }, outputs, {
      evidence: evidenceRoot(delivery),
    });
    const { lots } = await service.record(made, seller, { evidence: [delivery, assay] });
    const { body } = await service.get<LotDetail>(`/v1/lots/${lots[0]}`);
    expect(body.evidence).toBe(evidenceRoot(assay));
    for (const document of [delivery, assay])
      expect((await service.get(`/v1/evidence/${evidenceRoot(document)}`)).status).toBe(200);
  });

  test("of the registrar's acts is uploaded by itself", async () => {
    const papers = documentOf({ legalName: 'Kolwezi Example SA', lei: '5493001KJTIIGC8Y1R12' });
    const { address } = account('named');
    await service.act({ act: 'admit', party: address, evidence: evidenceRoot(papers) });
    expect((await publish(service, registrar(), papers)).status).toBe(200);
    const { body } = await service.get<PartyDetail>(`/v1/parties/${address}`);
    expect(body).toMatchObject({ name: 'Kolwezi Example SA', lei: '5493001KJTIIGC8Y1R12', status: 'active' });
  });

  test('that gives an inner node for its fields keeps nothing from being shown', async () => {
    const papers = documentOf({ legalName: 'Honest Mining SA', lei: '5493001KJTIIGC8Y1R12' });
    const root = evidenceRoot(papers);
    const { address } = account('honest');
    await service.act({ act: 'admit', party: address, evidence: root });
    const site = facilityRegistration(address, { evidence: root });
    await service.record(site, account('honest'), { evidence: { fields: [{ leaf: root }] } });
    expect((await publish(service, registrar(), papers)).status).toBe(200);
    const { body } = await service.get<PartyDetail>(`/v1/parties/${address}`);
    expect(body).toMatchObject({ name: 'Honest Mining SA' });
  });

  test('that nothing names is refused', async () => {
    const reply = await publish<Problem>(service, seller, documentOf({ name: 'nobody asked' }));
    expect([reply.status, reply.body.code]).toEqual([422, 'evidence-unnamed']);
    const twice = documentOf({ name: 'one' });
    const other = await service.send<Problem>(
      facilityRegistration(seller.address, { country: 646 }),
      seller,
      {
        evidence: twice,
      },
    );
    expect([other.status, other.body.code]).toEqual([422, 'evidence-mismatch']);
    const none = { evidence: ZERO_BYTES32 };
    expect((await service.get<Problem>(`/v1/evidence/${none.evidence}`)).body.code).toBe('unknown-evidence');
  });
});
