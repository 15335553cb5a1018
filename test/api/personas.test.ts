import { Wallet } from 'ethers/wallet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonaList } from '../../src/api/schemas/demo.ts';
import { demoPersonas } from '../../src/demo/public-keys.ts';
import { hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { startTestService, type TestService } from '../support/service.ts';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
}, 120_000);
afterAll(() => service?.stop());

test('personas are offered once they are on the ledger, each with a key that signs for it', async () => {
  const before = await service.get<PersonaList>('/v1/demo/personas');
  expect(before.body.items).toEqual([]);
  const [first, second] = demoPersonas();
  if (!first || !second) throw new Error('the story has nobody');
  await service.act({ act: 'admit', party: first.party, evidence: ZERO_BYTES32 });
  const { body } = await service.get<PersonaList>('/v1/demo/personas');
  expect(body.items).toMatchObject([{ party: first.party, name: first.name, role: 'supplier' }]);
  expect(hex(new Wallet(body.items[0]?.key ?? '').address)).toBe(first.party);
});
