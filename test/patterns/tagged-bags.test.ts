import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './trade.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, 120_000);
afterAll(() => market.stop());

/**
 * Artisanal material is tagged bag by bag. A buying day is one lot, whose evidence names its tags, one by one or as a range,
 * so that a bag without a tag of the lot shows when it is counted. What is short is split off before it travels.
 */
test('artisanal bags by tag number: a lot per buying day, its tags in evidence', {
  timeout: 120_000,
}, async () => {
  const { client } = market;
  const cooperative = await market.join('co-operative', 'artisanal-mine', 'CD');
  await market.grant(cooperative.site, 'Co', '1 t');
  const plant = await market.join('plant', 'smelter-or-refiner', 'CD');

  const [day] = await cooperative.make({
    process: 'extract',
    outputs: [
      {
        commodity: 260500,
        mass: '200 kg',
        content: { Co: '12 kg' },
        evidence: {
          batch: 'UWK-000001 to UWK-000004',
          'tags[0]': 'UWK-000001',
          'tags[1]': 'UWK-000002',
          'tags[2]': 'UWK-000003',
          'tags[3]': 'UWK-000004',
        },
      },
    ],
  });

  // One bag is left at the counter: the day's lot is split, and each part names its own tags.
  const [three, one] = await cooperative.make({
    process: 'split',
    inputs: [day],
    outputs: [
      {
        commodity: 260500,
        mass: '150 kg',
        content: { Co: '9 kg' },
        evidence: { batch: 'UWK-000001 to UWK-000003' },
      },
      { commodity: 260500, mass: '50 kg', content: { Co: '3 kg' }, evidence: { batch: 'UWK-000004' } },
    ],
  });
  const sent = await cooperative.send([three], plant.site);
  await plant.receive(sent, [three], { [three]: '149 kg' });

  expect((await client.lot(three)).custodian.id).toBe(plant.party);
  expect((await client.lot(one)).custodian.id).toBe(cooperative.party);
  const { nodes } = await client.ancestry(three);
  expect(nodes.map(({ id }) => id)).toEqual([three, day]); // the bags lead back to their day
});
