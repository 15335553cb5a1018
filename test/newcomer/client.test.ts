import { Wallet } from 'ethers/wallet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { account } from '../support/accounts.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { Client, now } from './client.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  await admit(service, 'newcomer', 'customer');
});
afterAll(() => service?.stop());

test('somebody who has read /v1/protocol alone registers, dispatches, receives and reads a certificate', async () => {
  const [seller, buyer] = ['newcomer', 'customer'].map(
    (name) => new Client(service.url, new Wallet(account(name).key)),
  ) as [Client, Client];
  const { materials, countries, zero } = await seller.protocol();
  const cobalt = materials.find(({ symbol }) => symbol === 'Co')?.id;
  const zambia = countries.find(({ alpha2 }) => alpha2 === 'ZM')?.numeric;

  const kind = await seller.number('facilityKinds', 'storage');
  const from = (await seller.say('FacilityRegistration', { kind, country: zambia })).id;
  const to = (await buyer.say('FacilityRegistration', { kind, country: zambia })).id;

  const content = [{ material: cobalt, recycled: false, milligrams: '300000000' }];
  const output = { commodity: 282200, milligrams: '1000000000', content, evidence: zero };
  const produced = await seller.say('Production', {
    facility: from,
    process: await seller.number('processes', 'declare'),
    custodyModel: await seller.number('custodyModels', 'segregated'),
    inputs: [],
    outputs: [output],
    occurredAt: now(),
  });
  const [lot = ''] = produced.lots;
  expect(await seller.lotId(produced.id, 0, output)).toBe(lot);

  const dispatched = await seller.say('Dispatch', {
    consignee: buyer.me,
    lots: [{ lot, head: (await seller.get<{ head: string }>(`/v1/lots/${lot}`)).head }],
    from,
    to,
    mode: await seller.number('transportModes', 'road'),
    recallFrom: now() + 30 * 86_400,
    occurredAt: now(),
  });
  const received = await buyer.say('Receipt', {
    dispatch: dispatched.id,
    lots: [{ lot, milligrams: '999000000' }],
    accepted: true,
    occurredAt: now(),
  });
  expect(received.status).toMatch(/recorded|final/);
  expect(await buyer.headOnChain(service.chainUrl, lot)).toBe(received.id);

  const held = await buyer.get<{ status: string; custodian: { id: string }; weighed: string }>(
    `/v1/lots/${lot}`,
  );
  expect(held).toMatchObject({ status: 'held', custodian: { id: buyer.me }, weighed: '999000000' });
  const certificate = await buyer.get<Record<string, unknown>>(`/v1/lots/${lot}/certificate`);
  expect(certificate).toMatchObject({ lot: { id: lot }, verdict: 'not enough evidence' });

  await expect(seller.say('FacilityRegistration', { kind: 9, country: zambia })).rejects.toThrow(
    'facility-kind-unknown',
  );
});
