import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './trade.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, 120_000);
afterAll(() => market.stop());

/**
 * In toll refining and on consignment, one company owns the material and another has it. The ledger records who has it:
 * custody. Who owns, sells or buys is evidence (`owner`, `seller`, `buyer`), which its author shows to whom he likes.
 */
test('toll refining: custody goes to the refiner and back, ownership stays where the papers say', {
  timeout: 120_000,
}, async () => {
  const { client } = market;
  const owner = await market.join('trader', 'storage', 'CH');
  const refiner = await market.join('toll refiner', 'smelter-or-refiner', 'FI');
  const [crude] = await owner.make({
    process: 'declare',
    outputs: [{ commodity: 282200, mass: '25 t', content: { Co: '7 t' } }],
  });

  const papers = { owner: 'Trader AG', 'documents[0].sha256': 'ab'.repeat(32) };
  const sent = await owner.send([crude], refiner.site, { mode: 'sea', evidence: papers });
  await refiner.receive(sent, [crude]);
  expect((await client.lot(crude)).custodian.id).toBe(refiner.party); // who answers for it now

  const [sulphate, tollKept] = await refiner.make({
    process: 'refine',
    inputs: [crude],
    outputs: [
      { commodity: 283329, mass: '30 t', content: { Co: '6.3 t' }, evidence: { owner: 'Trader AG' } },
      { commodity: 283329, mass: '2 t', content: { Co: '420 kg' }, evidence: { owner: 'Toll Refiner Oy' } },
    ],
  });
  const back = await refiner.send([sulphate], owner.site, { mode: 'sea' });
  await owner.receive(back, [sulphate]);

  expect((await client.lot(sulphate)).custodian.id).toBe(owner.party);
  const kept = await client.lot(tollKept); // the toll in kind stays, with an owner of its own
  const document = await market.service.get<{ fields: { path: string; value: string }[] }>(
    `/v1/evidence/${kept.evidence}`,
  );
  expect(document.body.fields).toMatchObject([{ path: 'owner', value: 'Toll Refiner Oy' }]);
});
