import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { isOriginProcess } from '../../src/protocol/origin.ts';
import { weakestCustody } from '../../src/provenance/custody.ts';
import { byMaterial, caughtAt, flowOf, wholeMilligrams } from '../../src/provenance/flow.ts';
import { ancestryOf, descendantsOf, graphOf } from '../../src/provenance/graph.ts';
import { historyProblems } from '../../src/provenance/whole.ts';
import { HistoryBuilder, primary } from './builder.ts';
import { randomLedger } from './random-history.ts';

/** Two mines into one concentrate, split, one part smelted. */
function story() {
  const builder = new HistoryBuilder();
  const mines = [builder.site('mine', 180), builder.site('mine', 894)] as [Hex, Hex];
  const plant = builder.site('concentrator', 180);
  const smelter = builder.site('smelter-or-refiner', 246);
  const [a] = builder.make(mines[0], {
    process: 'extract',
    outputs: [[primary(27, 60n)]],
    day: 1,
    model: 'identity-preserved',
  }) as [Hex];
  const [b] = builder.make(mines[1], {
    process: 'extract',
    outputs: [[primary(27, 40n), primary(29, 5n)]],
    day: 1,
  }) as [Hex];
  const [c] = builder.make(plant, {
    process: 'concentrate',
    inputs: [a, b],
    outputs: [[primary(27, 100n), primary(29, 5n)]],
    day: 2,
    model: 'mass-balance',
  }) as [Hex];
  const [d, e] = builder.make(plant, {
    process: 'split',
    inputs: [c],
    outputs: [[primary(27, 50n)], [primary(27, 50n)]],
    day: 3,
  }) as [Hex, Hex];
  const [f] = builder.make(smelter, {
    process: 'smelt',
    inputs: [d],
    outputs: [[primary(27, 45n)]],
    day: 4,
  }) as [Hex];
  return { builder, mines, a, b, c, d, e, f };
}

describe('the graph of an ancestry', () => {
  test('has inputs before what is made of them, each production once, and the longest way as depth', () => {
    const { builder, f } = story();
    const history = builder.history(f);
    const ancestry = ancestryOf(history, f);
    const { nodes, edges } = graphOf(history, ancestry);
    expect(ancestry.productions.map(({ process }) => process)).toEqual([
      'extract',
      'extract',
      'concentrate',
      'split',
      'smelt',
    ]);
    expect(nodes.map(({ depth }) => depth)).toEqual([3, 3, 2, 1, 0]);
    expect(edges).toHaveLength(4);
  });

  test('descendants of a lot are all that it went into', () => {
    const { builder, a, d, e, f, c } = story();
    const { lots, productions } = descendantsOf(a, builder.productions.values());
    expect(lots).toEqual([c, d, e, f]);
    expect(productions).toHaveLength(3);
    expect(descendantsOf(f, builder.productions.values())).toEqual({ lots: [], productions: [] });
  });

  test('a history with a hole, or one that goes in a circle, is a RangeError', () => {
    const { builder, f, a } = story();
    builder.lots.delete(a);
    expect(() => ancestryOf(builder.history(f), f)).toThrow(RangeError);
  });
});

describe('the flow of a lot’s content', () => {
  test('every cut through a random history sums to the content exactly: here, the origins', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const history = builder.history(lot);
          const ancestry = ancestryOf(history, lot);
          const flow = flowOf(history, ancestry);
          const origins = ancestry.productions.filter(({ process }) => isOriginProcess(process));
          let sum = 0n;
          for (const { id } of origins)
            for (const part of flow.productions.get(id)?.values() ?? []) sum += part;
          const content = ancestry.lot.content.reduce((total, { milligrams }) => total + milligrams, 0n);
          expect(sum).toBe(content * UNITS_PER_MILLIGRAM);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('what is caught is counted once, however many of the places it passed', () => {
    const { builder, a, c, f } = story();
    const history = builder.history(f);
    const flow = flowOf(history, ancestryOf(history, f), { lots: new Set([a, c]) });
    expect(wholeMilligrams(byMaterial(flow.caught).get(27) ?? 0n)).toBe(45n);
    const first = flowOf(history, ancestryOf(history, f), { lots: new Set([a]) });
    expect(wholeMilligrams(byMaterial(first.caught).get(27) ?? 0n)).toBe(27n);
  });

  test('what is caught is the same whether it is followed again or read off the flow at hand', () => {
    fc.assert(
      fc.property(randomLedger, fc.array(fc.nat(), { maxLength: 3 }), (ledger, picks) => {
        const history = ledger.builder.history(ledger.lots.at(-1) as Hex);
        const ancestry = ancestryOf(history, history.lot);
        const lots = [...history.lots.keys()];
        const productions = [...history.productions.keys()];
        const places = {
          lots: new Set(picks.map((pick) => lots[pick % lots.length] as Hex)),
          productions: new Set(picks.slice(1).map((pick) => productions[pick % productions.length] as Hex)),
        };
        const again = flowOf(history, ancestry, places).caught;
        expect(byMaterial(caughtAt(history, ancestry, flowOf(history, ancestry), places))).toEqual(
          byMaterial(again),
        );
      }),
      { numRuns: 200 },
    );
  });

  test('anything above nothing is at least a milligram', () => {
    expect([0n, 1n, UNITS_PER_MILLIGRAM / 2n, UNITS_PER_MILLIGRAM * 2n].map(wholeMilligrams)).toEqual([
      0n,
      1n,
      1n,
      2n,
    ]);
  });
});

test('no claim is stronger than the weakest custody model since origin, for that material', () => {
  const { builder, f } = story();
  const history = builder.history(f);
  const ancestry = ancestryOf(history, f);
  expect(weakestCustody(ancestry, flowOf(history, ancestry)).get(27)?.model).toBe('mass-balance');
  expect(weakestCustody(ancestry, flowOf(history, ancestry)).has(29)).toBe(false);
});

describe('whether a history is whole', () => {
  test('random ledgers are', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) expect(historyProblems(builder.history(lot))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('a missing lot, production or facility is named', () => {
    for (const part of ['lots', 'productions', 'facilities'] as const) {
      for (const key of story().builder[part].keys()) {
        const { builder, f } = story();
        const used =
          part !== 'facilities' || [...builder.productions.values()].some(({ facility }) => facility === key);
        builder[part].delete(key);
        const subjects = historyProblems(builder.history(f)).map(({ subject }) => subject);
        expect(subjects.includes(key)).toBe(used);
      }
    }
  });

  test('more out than in is not', () => {
    const { builder, c, f } = story();
    const lot = builder.lots.get(c);
    if (lot) builder.lots.set(c, { ...lot, content: [primary(27, 101n)] });
    expect(historyProblems(builder.history(f))[0]?.detail).toMatch(/makes 101 mg of 027p from 100 mg/);
  });
});
