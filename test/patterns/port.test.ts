import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Market, openMarket } from './trade.ts';

let market: Market;
beforeAll(async () => {
  market = await openMarket();
}, 120_000);
afterAll(() => market.stop());

/**
 * A port belongs to nobody in the chain, and need not take part. Who keeps material there registers a place of its own in
 * it: a facility that names the port in its evidence. Several parties can have such places in one port.
 */
test('a place in a third party’s port: each party registers its own, and hands over between the two', {
  timeout: 120_000,
}, async () => {
  const { client } = market;
  const forwarder = await market.join('forwarder', 'storage', 'ZA');
  const exporter = await market.join('exporter', 'smelter-or-refiner', 'ZM');
  const durban = {
    name: 'Shed 4, Port of Durban',
    gln: '9520000000006',
    operator: 'Port authority; not a party',
  };
  const shed = await exporter.open('storage', 'ZA', durban);
  const quay = await forwarder.open('storage', 'ZA', { ...durban, name: 'Quay 2, Port of Durban' });

  const [drums] = await exporter.make({
    process: 'declare',
    at: shed, // made known where it lies: in the port
    outputs: [{ commodity: 282200, mass: '25 t', content: { Co: '7 t' } }],
  });
  const handed = await exporter.send([drums], quay, { from: shed, mode: 'not-applicable' });
  await forwarder.receive(handed, [drums], { [drums]: '24.98 t' });

  const { facility, custodian } = await client.lot(drums);
  expect([facility.id, custodian.id]).toEqual([quay, forwarder.party]);
  expect(facility.name).toBe('Quay 2, Port of Durban');
  expect(facility.operator.id).toBe(forwarder.party); // who answers there, whoever owns the quay
});
