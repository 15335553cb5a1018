import { describe, expect, test } from 'vitest';
import { submitCall } from '../../src/chain/calls.ts';
import { MAX_GAS } from '../../src/chain/refusals.ts';
import { type Cargo, pack } from '../../src/relay/parcels.ts';

const BLOCK = 60_000_000n;
const MEANS = { block: BLOCK, affordable: 10n ** 9n };

function cargo(place: number, gas: bigint, { alone = false, bytes = 500 } = {}): Cargo {
  const data = `0x${place.toString(16).padStart(2, '0').repeat(bytes)}` as const;
  return { id: `0x${place.toString(16).padStart(64, '0')}`, call: { method: 'record', data }, gas, alone };
}

const many = (count: number, gas: bigint, options = {}): Cargo[] =>
  Array.from({ length: count }, (_, place) => cargo(place, gas, options));

describe('packing', () => {
  test('one statement goes by its own function, many by submit, in order', () => {
    const [first, second] = many(2, 100_000n) as [Cargo, Cargo];
    expect(pack([first], MEANS)).toEqual([{ ids: [first.id], data: first.call.data, gas: 125_000n }]);
    expect(pack([first, second], MEANS)).toEqual([
      { ids: [first.id, second.id], data: submitCall([first.call, second.call]).data, gas: 250_000n },
    ]);
    expect(pack([], MEANS)).toEqual([]);
  });

  test('no batch has more than three quarters of a transaction’s gas, or half a block’s', () => {
    const sizes = (block: bigint) =>
      pack(many(64, 380_000n), { ...MEANS, block }).map(({ ids }) => ids.length);
    expect(sizes(BLOCK)).toEqual([26, 26, 12]);
    expect(sizes(10_000_000n)).toEqual([10, 10, 10, 10, 10, 10, 4]);
    for (const { gas } of pack(many(64, 380_000n), MEANS)) expect(gas <= (MAX_GAS * 3n) / 4n).toBe(true);
  });

  test('no batch is larger than a pool takes', () => {
    const parcels = pack(many(64, 100_000n, { bytes: 3_000 }), MEANS);
    expect(parcels.map(({ ids }) => ids.length)).toEqual([19, 19, 19, 7]);
    for (const { data } of parcels) expect(data.length / 2).toBeLessThan(64 * 1024);
  });

  test('what may be a smart account’s has the gas that such a one may use in a block', () => {
    expect(pack([cargo(1, 440_000n)], MEANS)[0]?.gas).toBe(950_000n);
    expect(pack([cargo(1, 390_000n)], MEANS)[0]?.gas).toBe(487_500n);
  });

  test('what fills a transaction goes in one, with the gas that there is', () => {
    const parcels = pack([cargo(1, 100_000n), cargo(2, 16_000_000n), cargo(3, 100_000n)], MEANS);
    expect(parcels.map(({ ids }) => ids.length)).toEqual([1, 1, 1]);
    expect(parcels[1]?.gas).toBe(MAX_GAS);
  });

  test('those that go alone go last, with all the gas that a transaction and a block have', () => {
    const [first, second, third] = [cargo(1, 1n, { alone: true }), cargo(2, 100_000n), cargo(3, 100_000n)];
    const parcels = pack([first, second, third], MEANS);
    expect(parcels.map(({ ids }) => ids)).toEqual([[second.id, third.id], [first.id]]);
    expect(parcels[1]).toMatchObject({ data: first.call.data, gas: MAX_GAS });
    expect(pack([first], { ...MEANS, block: 15_000_000n })[0]?.gas).toBe(15_000_000n);
  });

  test('an account with little money sends smaller batches, and never less gas than a statement needs', () => {
    const poor = { block: BLOCK, affordable: 300_000n };
    expect(pack(many(5, 100_000n), poor).map(({ ids }) => ids.length)).toEqual([2, 2, 1]);
    const alone = (gas: bigint) => pack([cargo(1, gas, { alone: true })], poor)[0]?.gas;
    expect(alone(100_000n)).toBe(300_000n);
    expect(alone(360_000n)).toBe(450_000n);
  });
});
