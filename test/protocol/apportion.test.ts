import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, totalOf } from '../../src/protocol/apportion.ts';

const shares = fc
  .dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.bigInt(1n, 1n << 127n), {
    minKeys: 1,
    maxKeys: 12,
  })
  .map((record) => new Map(Object.entries(record)));
const amount = fc.bigInt(0n, 1n << 127n);

describe('apportion', () => {
  test('gives out exactly what there is', () => {
    fc.assert(fc.property(amount, shares, (c, s) => totalOf(apportion(c, s)) === c));
  });

  test('strays from the exact proportion by less than one unit', () => {
    fc.assert(
      fc.property(amount, shares, (c, s) => {
        const total = totalOf(s);
        const parts = apportion(c, s);
        for (const [key, share] of s) {
          const error = (parts.get(key) ?? 0n) * total - c * share;
          expect(error < total && error > -total).toBe(true);
        }
      }),
    );
  });

  test('does not depend on the order of the shares', () => {
    fc.assert(
      fc.property(amount, shares, (c, s) => {
        const backwards = new Map([...s].reverse());
        expect([...apportion(c, backwards)]).toEqual([...apportion(c, s)]);
      }),
    );
  });

  test('gives units that are left to the largest remainders, ties to the lower key', () => {
    const equal = new Map([
      ['b', 1n],
      ['a', 1n],
      ['c', 1n],
    ]);
    expect([...apportion(11n, equal)]).toEqual([
      ['a', 4n],
      ['b', 4n],
      ['c', 3n],
    ]);
    expect([
      ...apportion(
        7n,
        new Map([
          ['a', 3n],
          ['b', 2n],
          ['c', 2n],
        ]),
      ),
    ]).toEqual([
      ['a', 3n],
      ['b', 2n],
      ['c', 2n],
    ]);
    expect([
      ...apportion(
        10n,
        new Map([
          ['a', 9n],
          ['b', 6n],
        ]),
      ),
    ]).toEqual([
      ['a', 6n],
      ['b', 4n],
    ]);
  });

  test('leaves out who gets nothing, and divides nothing among nobody', () => {
    expect([
      ...apportion(
        1n,
        new Map([
          ['a', 5n],
          ['b', 5n],
        ]),
      ),
    ]).toEqual([['a', 1n]]);
    expect(apportion(0n, new Map()).size).toBe(0);
    expect(() => apportion(1n, new Map())).toThrow(RangeError);
  });
});
