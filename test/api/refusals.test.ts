import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Health } from '../../src/api/schemas/health.ts';
import type { LotDetail } from '../../src/api/schemas/lots.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { sign } from '../support/accounts.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration } from '../support/statements.ts';
import { corrections, delegations, keys, observations, ofTheVoid } from './key-refusals.ts';
import type { Refusal } from './refusal-makers.ts';
import { attestations, dispatches, productions, receipts, registrations, revocations } from './refusals.ts';
import { type Story, tellStory } from './story.ts';

let service: TestService;
let story: Story;

beforeAll(async () => {
  service = await startTestService();
  story = await tellStory(service);
}, 120_000);
afterAll(() => service?.stop());

/** All that a refused statement could have changed. */
async function state() {
  const [health, metrics] = await Promise.all([
    service.get<Health>('/health'),
    service.get<string>('/metrics'),
  ]);
  const lots = await Promise.all(
    [story.held, story.moving, story.received, story.spent].map(
      async ({ lot }) => (await service.get<LotDetail>(`/v1/lots/${lot}`)).body,
    ),
  );
  return {
    open: health.body.outbox?.open,
    block: health.body.chainHead?.number,
    counts: metrics.body.match(/^lodebook_statement_events_total\{event="accepted".*$/gm),
    lots: lots.map(({ status, head, custodian }) => ({ status, head, custodian })),
  };
}

function refuses(kind: string, refusals: readonly Refusal[]): void {
  describe(kind, () => {
    test.each(refusals)('$name: $code', async ({ make, code, status }) => {
      const before = await state();
      expect(before.counts).toHaveLength(11);
      const { statement, signer, more } = make(story);
      const reply = await service.send<Problem>(statement, signer, more);
      expect({ code: reply.body.code, status: reply.status }).toEqual({ code, status });
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      expect(reply.body).toMatchObject({ status, type: `/docs/problems#${code}` });
      expect(reply.body.instance).toMatch(/^urn:uuid:/);
      expect(reply.body.detail.length).toBeGreaterThan(10);
      expect(await state()).toEqual(before);
    });
  });
}

refuses('FacilityRegistration', registrations);
refuses('Production', productions);
refuses('Dispatch', dispatches);
refuses('Receipt', receipts);
refuses('Attestation', attestations);
refuses('Revocation', revocations);
refuses('Correction', corrections);
refuses('Void lots', ofTheVoid);
refuses('Observation', observations);
refuses('Delegation', delegations);
refuses('Keys', keys);

describe('signatures', () => {
  test('of another chain, or of another ledger on this chain, are refused', async () => {
    const statement = facilityRegistration(story.miner.address, { country: 894 });
    const { chainId, verifyingContract } = service.domain;
    for (const domain of [
      ledgerDomain(chainId + 1, verifyingContract),
      ledgerDomain(chainId, story.miner.address),
    ]) {
      const signature = await sign(domain, statement, story.miner.wallet);
      const reply = await service.send<Problem>(statement, story.miner, { signature });
      expect(reply.body.code).toBe('signature-invalid');
    }
  });

  test.each(['0x', '0x00', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`])(
    '%s is refused',
    async (signature) => {
      const statement = facilityRegistration(story.miner.address, { country: 894 });
      const reply = await service.send<Problem>(statement, story.miner, { signature });
      expect([reply.status, reply.body.code]).toEqual([403, 'signature-invalid']);
    },
  );
});
