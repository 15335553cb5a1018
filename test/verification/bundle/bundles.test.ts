import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNode } from '../../../src/chain/node.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import { blocksNamed } from '../../../src/verification/bundle/checks/recorded.ts';
import type { Bundle } from '../../../src/verification/bundle/format.ts';
import { readHeader } from '../../../src/verification/bundle/header.ts';
import { verifyBundle } from '../../../src/verification/bundle/verify.ts';
import { type CampaignOptions, runCampaign } from '../../forgery/campaign.ts';
import type { Raw } from '../../forgery/raw.ts';
import { account } from '../../support/accounts.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import { type Supply, signers, supply } from './supply.ts';

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
    const result = verifyBundle(bundle, await chainOf(bundle));
    expect(result).toMatchObject({ ok: true });
  });
});

/** What the chain says of a bundle's block, and of those that hold its records. */
async function chainOf(bundle: Bundle) {
  const { number } = readHeader(bundle.header);
  const node = openNode({ url: service.chainUrl, ledger: service.identity.ledger });
  const blockHash = (await node.header(number))?.hash as Hex;
  const numbers = blocksNamed(bundle.records);
  return { blockHash, recorded: await node.settledBlocks(numbers[0] ?? 0, numbers.at(-1) ?? 0) };
}

const MUTATIONS = 200;
const forged = ['pack', 'void', 'moving'] as const;

// A campaign holds the event loop, and connections with it: what the service has to say is asked before.
const asked = new Map<string, Pick<CampaignOptions, 'bundle' | 'blockHash' | 'recorded'>>();
beforeAll(async () => {
  for (const which of forged) {
    const bundle = await bundleOf(which);
    asked.set(which, { bundle: bundle as unknown as Raw, ...(await chainOf(bundle)) });
  }
});

test.each(forged)(
  'no change to the bundle of "%s" that alters its meaning passes',
  async (which) => {
    const options = asked.get(which);
    if (!options) throw new Error(`There is no bundle of ${which}`);
    const seed = randomInt(2 ** 31);
    const keys = new Map(signers.map((name) => [account(name).address as string, account(name).wallet]));
    const { escaped } = await runCampaign({ ...options, keys, seed, mutations: MUTATIONS });
    expect(escaped, `seed ${seed}`).toEqual([]);
  },
  240_000,
);
