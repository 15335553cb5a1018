import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './trade.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, 120_000);
afterAll(() => market.stop());

/**
 * A lot moves whole. Where it is delivered in parts, split it first: one lot for each truck. A receipt may take some lots of
 * a dispatch and leave the others on their way, or refuse them later.
 */
test('part deliveries: split, send together, receive one by one', { timeout: 120_000 }, async () => {
  const { client } = market;
  const seller = await market.join('seller', 'storage', 'FI');
  const buyer = await market.join('buyer', 'manufacturer', 'PL');
  const [whole] = await seller.make({
    process: 'declare',
    outputs: [{ commodity: 283324, mass: '60 t', content: { Ni: '13 t' } }],
  });

  const truck = { commodity: 283324, mass: '20 t', content: { Ni: '4 t' } };
  const trucks = await seller.make({
    process: 'split',
    inputs: [whole],
    outputs: [truck, truck, { ...truck, content: { Ni: '5 t' } }], // the contents add up, and no more
  });
  const sent = await seller.send(trucks, buyer.site);

  await buyer.receive(sent, [trucks[0]], { [trucks[0]]: '19.98 t' });
  const states = await Promise.all(trucks.map(async (lot) => (await client.lot(lot)).status));
  expect(states).toEqual(['held', 'in-transit', 'in-transit']);

  await buyer.receive(sent, trucks.slice(1));
  for (const lot of trucks) expect((await client.lot(lot)).custodian.id).toBe(buyer.party);
});
