import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { pairOf } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { originKey } from '../../src/protocol/origin.ts';
import type { History } from '../../src/provenance/history.ts';
import { summarise, vectorsOf } from '../../src/provenance/origins.ts';
import { HistoryBuilder, primary, recycled } from './builder.ts';
import { originsOf } from './fold.ts';
import { contentByPair, randomLedger } from './random-history.ts';
import { twinOrigins } from './twin.ts';

describe('attribution of origin, on random ledgers', () => {
  test('sums to the content of every lot and pair exactly', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const content = contentByPair(builder.lots.get(lot)?.content ?? []);
          const origins = originsOf(builder.history(lot), lot);
          expect(totals(origins)).toEqual(content);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('equals a twin that is written differently, to the unit', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const history = builder.history(lot);
          for (const [pair, origins] of originsOf(history, lot)) {
            const { material, recycled: again } = pairOf(pair);
            expect(Object.fromEntries(origins)).toEqual(twinOrigins(history, lot, material, again));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('depends on no order: of inputs, of outputs, of rows', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const history = builder.history(lot);
          expect(plain(originsOf(reversed(history), lot))).toEqual(plain(originsOf(history, lot)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('attribution of origin, case by case', () => {
  test('a blend has its sources in proportion, ties to the lower facility', () => {
    const builder = new HistoryBuilder();
    const [a, b] = [builder.site('mine', 180), builder.site('mine', 894)].sort() as [Hex, Hex];
    const plant = builder.site('concentrator', 180);
    const [one] = builder.make(a, { process: 'extract', outputs: [[primary(27, 1n)]], day: 1 }) as [Hex];
    const [two] = builder.make(b, { process: 'extract', outputs: [[primary(27, 1n)]], day: 1 }) as [Hex];
    const [blend] = builder.make(plant, {
      process: 'blend',
      inputs: [two, one],
      outputs: [[primary(27, 1n)], [primary(27, 1n)]],
      day: 2,
    }) as [Hex];
    const origins = originsOf(builder.history(blend), blend).get('027p');
    expect([...(origins ?? [])]).toEqual([[originKey({ facility: a, process: 'extract' }), 1n]]);
  });

  test('mined and declared stock of one site stay apart', () => {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', 180);
    const [mined] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 30n)]], day: 1 }) as [
      Hex,
    ];
    const [stock] = builder.make(mine, { process: 'declare', outputs: [[primary(27, 10n)]], day: 1 }) as [
      Hex,
    ];
    const [lot] = builder.make(mine, {
      process: 'blend',
      inputs: [mined, stock],
      outputs: [[primary(27, 40n)]],
      day: 2,
    }) as [Hex];
    expect(Object.fromEntries(originsOf(builder.history(lot), lot).get('027p') ?? [])).toEqual({
      [originKey({ facility: mine, process: 'extract' })]: 30n,
      [originKey({ facility: mine, process: 'declare' })]: 10n,
    });
  });

  test('a split passes on its parent’s summary, and so does joining the parts again', () => {
    const summary = {
      of: id(1),
      shares: new Map([['027p', new Map([[`${id(9)}/1`, 3n * UNITS_PER_MILLIGRAM]])]]),
    };
    const part = (milligrams: bigint) => ({ content: [primary(27, milligrams)], summary });
    const split = { id: id(2), facility: id(8), process: 'split' } as const;
    const join = { id: id(3), facility: id(8), process: 'blend' } as const;
    expect(summarise(split, [part(3n)], [[primary(27, 1n)], [primary(27, 2n)]])).toBe(summary);
    expect(summarise(join, [part(1n), part(2n)], [[primary(27, 3n)]])).toBe(summary);
  });

  test('what a recycler converts keeps its origin, declared stock included, and primary keeps its own', () => {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', 180);
    const trader = builder.site('storage', 246);
    const recycler = builder.site('recycler', 246);
    const [mined] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 300n)]], day: 1 }) as [
      Hex,
    ];
    const [stock] = builder.make(trader, { process: 'declare', outputs: [[primary(27, 100n)]], day: 1 }) as [
      Hex,
    ];
    const [scrap] = builder.make(recycler, {
      process: 'collect',
      outputs: [[recycled(27, 50n)]],
      day: 1,
    }) as [Hex];
    const [lot] = builder.make(recycler, {
      process: 'recycle',
      inputs: [mined, stock, scrap],
      outputs: [[primary(27, 200n), recycled(27, 250n)]],
      day: 2,
    }) as [Hex];
    const origins = originsOf(builder.history(lot), lot);
    expect(Object.fromEntries(origins.get('027p') ?? [])).toEqual({
      [`${mine}/1`]: 150n,
      [`${trader}/3`]: 50n,
    });
    expect(Object.fromEntries(origins.get('027r') ?? [])).toEqual({
      [`${mine}/1`]: 150n,
      [`${trader}/3`]: 50n,
      [`${recycler}/2`]: 50n,
    });
  });

  test('a summary that is inherited is not inherited through a conversion', () => {
    const summary = {
      of: id(1),
      shares: new Map([['027p', new Map([[`${id(9)}/1`, 4n * UNITS_PER_MILLIGRAM]])]]),
    };
    const recycle = { id: id(2), facility: id(8), process: 'recycle' } as const;
    const made = summarise(recycle, [{ content: [primary(27, 4n)], summary }], [[recycled(27, 1n)]]);
    expect(made.of).toBe(id(2));
    expect(vectorsOf([recycled(27, 1n)], made).get('027r')).toEqual(
      new Map([[`${id(9)}/1`, UNITS_PER_MILLIGRAM]]),
    );
  });

  test('a history of 20,000 steps needs no deep stack', () => {
    const builder = new HistoryBuilder();
    const site = builder.site('concentrator', 180);
    const mine = builder.site('mine', 180);
    let [stock] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 1_000n)]], day: 0 }) as [
      Hex,
    ];
    for (let day = 0; day < 20_000; day++)
      [stock] = builder.make(site, {
        process: 'blend',
        inputs: [stock],
        outputs: [[primary(27, 1_000n)]],
        day,
      }) as [Hex];
    expect(originsOf(builder.history(stock), stock).get('027p')).toEqual(new Map([[`${mine}/1`, 1_000n]]));
  });
});

function totals(vectors: ReturnType<typeof originsOf>): Map<string, bigint> {
  return new Map(
    [...vectors].map(([pair, origins]) => [
      pair,
      [...origins.values()].reduce((sum, part) => sum + part, 0n),
    ]),
  );
}

function plain(vectors: ReturnType<typeof originsOf>): unknown {
  return [...vectors].map(([pair, origins]) => [pair, [...origins]]);
}

function reversed(history: History): History {
  const productions = [...history.productions]
    .toReversed()
    .map(
      ([key, production]) =>
        [
          key,
          { ...production, inputs: production.inputs.toReversed(), outputs: production.outputs.toReversed() },
        ] as const,
    );
  return { ...history, productions: new Map(productions), lots: new Map([...history.lots].toReversed()) };
}

function id(number: number): Hex {
  return `0x${String(number).padStart(64, '0')}`;
}
