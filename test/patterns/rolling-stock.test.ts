import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './trade.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, 120_000);
afterAll(() => market.stop());

/**
 * A smelter cannot tell which delivery went into which batch: everything flows through one stock. So the stock is a lot.
 * Each turn spends it together with the deliveries, [stock, deliveries] → [stock′, outputs], and origins are divided by mass.
 */
test('a rolling stock: each turn spends the stock and the deliveries, and leaves a new stock', {
  timeout: 120_000,
}, async () => {
  const { client } = market;
  const mine = await market.join('mine', 'mine', 'ZM');
  await market.grant(mine.site, 'Co', '10 t');
  const smelter = await market.join('smelter', 'smelter-or-refiner', 'ZM');

  const [stock] = await smelter.make({
    process: 'declare', // what lay there when the smelter joined: its origin is not on the ledger
    outputs: [{ commodity: 260500, mass: '40 t', content: { Co: '3 t' } }],
  });
  const [ore] = await mine.make({
    process: 'extract',
    outputs: [{ commodity: 260500, mass: '20 t', content: { Co: '1 t' } }],
  });
  const delivery = await mine.send([ore], smelter.site);
  await smelter.receive(delivery, [ore], { [ore]: '19.9 t' });

  const [hydroxide, left] = await smelter.make({
    process: 'refine',
    inputs: [stock, ore],
    outputs: [
      { commodity: 282200, mass: '5 t', content: { Co: '1.5 t' } },
      { commodity: 260500, mass: '36 t', content: { Co: '2.4 t' } }, // stock′; 100 kg went into the slag
    ],
  });

  const { materials } = await client.origins(hydroxide);
  expect(materials[0]?.origins.map(({ process, milligrams }) => [process, milligrams])).toEqual([
    ['declare', '1125000000'], // 3 t of 4 t that went in
    ['extract', '375000000'],
  ]);
  expect((await client.lot(stock)).status).toBe('spent');
  expect((await client.lot(left)).status).toBe('held'); // the next turn begins with it
});
