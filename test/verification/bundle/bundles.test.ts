import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNode } from '../../../src/chain/node.ts';
import { blocksNamed } from '../../../src/verification/bundle/checks/recorded.ts';
import type { Bundle } from '../../../src/verification/bundle/format.ts';
import { readHeader } from '../../../src/verification/bundle/header.ts';
import { verifyBundle } from '../../../src/verification/bundle/verify.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import { type Supply, supply } from './supply.ts';

let service: TestService;
let told: Supply;
beforeAll(async () => {
  service = await startTestService();
  told = await supply(service);
}, 240_000);
afterAll(() => service?.stop());

async function bundleOf(which: keyof Supply['lots']): Promise<Bundle> {
  const { status, body } = await service.get<Bundle>(`/v1/lots/${told.lots[which]}/bundle`);
  expect(status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return body;
}

describe('a bundle as the service makes it', () => {
  test.each(['pack', 'recalled', 'void', 'moving', 'spent', 'retired', 'sibling'] as const)(
    'of a lot that is "%s" gives the certificate that the service gives',
    async (which) => {
      const bundle = await bundleOf(which);
      const result = verifyBundle(bundle);
      expect(result.ok ? [] : result.problems).toEqual([]);
      const { body } = await service.get<object>(`/v1/lots/${told.lots[which]}/certificate`);
      expect(result.ok && result.certificate).toEqual(body);
    },
  );

  test('is confirmed by a node of the chain', async () => {
    const bundle = await bundleOf('pack');
    const { number } = readHeader(bundle.header);
    const node = openNode({ url: service.chainUrl, ledger: service.identity.ledger });
    const blockHash = (await node.header(number))?.hash;
    const numbers = blocksNamed(bundle.records);
    const recorded = await node.settledBlocks(numbers[0] ?? 0, numbers.at(-1) ?? 0);
    const result = verifyBundle(bundle, { blockHash, recorded });
    expect(result).toMatchObject({ ok: true });
  });
});
