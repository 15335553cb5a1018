import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { pairOf } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { ancestryOf } from '../../src/provenance/graph.ts';
import { siteFlowOf, THE_LOT } from '../../src/provenance/site-flow.ts';
import { tiersOf } from '../../src/provenance/tiers.ts';
import { HistoryBuilder, primary } from './builder.ts';
import { randomLedger } from './random-history.ts';

/** Two mines into one plant, which blends, sends a part to a smelter and has it back. */
function story() {
  const builder = new HistoryBuilder();
  const [east, west] = [builder.site('mine', 180), builder.site('mine', 894)];
  const [plant, smelter] = [builder.site('concentrator', 180), builder.site('smelter-or-refiner', 246)];
  const make = (site: Hex, made: Parameters<HistoryBuilder['make']>[1]) =>
    builder.make(site, made) as [Hex, Hex];
  const [a] = make(east, { process: 'extract', outputs: [[primary(27, 60n)]], day: 1 });
  const [b] = make(west, { process: 'extract', outputs: [[primary(27, 40n)]], day: 1 });
  const [c] = make(plant, { process: 'blend', inputs: [a, b], outputs: [[primary(27, 100n)]], day: 2 });
  const [d] = make(smelter, { process: 'smelt', inputs: [c], outputs: [[primary(27, 50n)]], day: 3 });
  const [back] = make(plant, { process: 'blend', inputs: [d], outputs: [[primary(27, 50n)]], day: 4 });
  return { builder, east, west, plant, smelter, d, back };
}

const MG = UNITS_PER_MILLIGRAM;

describe('the flow from site to site', () => {
  test('is exact, and ends at the lot', () => {
    const { builder, east, west, plant, smelter, d } = story();
    const history = builder.history(d);
    const { sites, steps } = siteFlowOf(history, ancestryOf(history, d));
    expect(steps.map(({ from, to, units }) => [from, to, units])).toEqual(
      expect.arrayContaining([
        [east, plant, 30n * MG],
        [west, plant, 20n * MG],
        [plant, smelter, 50n * MG],
        [smelter, THE_LOT, 50n * MG],
      ]),
    );
    expect(steps).toHaveLength(4);
    expect(sites.filter(({ entered }) => entered.size > 0).map(({ facility }) => facility)).toEqual([
      east,
      west,
    ]);
  });

  test('goes in no circle where material comes back to a site', () => {
    const { builder, plant, back } = story();
    const history = builder.history(back);
    const { sites, steps } = siteFlowOf(history, ancestryOf(history, back));
    expect(sites.filter(({ facility }) => facility === plant)).toHaveLength(2);
    expect(steps.at(-1)).toMatchObject({ to: THE_LOT, units: 50n * MG });
    const after = new Map(Object.entries(Object.groupBy(steps, ({ from }) => from)));
    const seen = (key: string, before: readonly string[]): void => {
      expect(before).not.toContain(key);
      for (const { to } of after.get(key) ?? []) seen(to, [...before, key]);
    };
    for (const { key } of sites) seen(key, []);
  });

  test('of any lot enters as much of each material as is in the lot', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const history = builder.history(lot);
          const ancestry = ancestryOf(history, lot);
          const { sites } = siteFlowOf(history, ancestry);
          const entered = new Map<number, bigint>();
          for (const site of sites)
            for (const amounts of site.entered.values())
              for (const [pair, units] of amounts)
                entered.set(pairOf(pair).material, (entered.get(pairOf(pair).material) ?? 0n) + units);
          const inLot = new Map<number, bigint>();
          for (const { material, milligrams } of ancestry.lot.content)
            inLot.set(material, (inLot.get(material) ?? 0n) + milligrams * MG);
          expect(entered).toEqual(inLot);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('tiers', () => {
  const draw = (open: string[], most = 100) => {
    const { builder, back, ...sites } = story();
    const history = builder.history(back);
    return { ...sites, ...tiersOf(history, ancestryOf(history, back), { open: new Set(open), most }) };
  };

  test('collapse an ancestry by what was done, with what went on and what went between', () => {
    const { tiers, links } = draw([]);
    expect(
      tiers.map(({ key, productions, lots, nearest, furthest }) => [
        key,
        productions,
        lots,
        nearest,
        furthest,
      ]),
    ).toEqual([
      ['extract', 2, 2, 3, 3],
      ['blend', 2, 2, 0, 2],
      ['smelt', 1, 1, 1, 1],
    ]);
    expect(links.map(({ from, to, lots }) => [from, to, lots])).toEqual([
      ['extract', 'blend', 2],
      ['blend', 'smelt', 1],
      ['smelt', 'blend', 1],
    ]);
  });

  test('open by site, and by production, of which those too many stay together', () => {
    const { plant, east, west, ...bySite } = draw(['extract']);
    const keys = bySite.tiers.map(({ key }) => key);
    expect(keys.filter((key) => key.startsWith('extract')).sort()).toEqual(
      [`extract@${east}`, `extract@${west}`].sort(),
    );
    const { tiers } = draw(['blend', `blend@${plant}`], 1);
    const blends = tiers.filter(({ process }) => process === 'blend');
    expect(blends.map(({ isRest, nearest }) => [isRest, nearest]).sort()).toEqual([
      [false, 0],
      [true, 2],
    ]);
    expect(blends.reduce((sum, { productions }) => sum + productions, 0)).toBe(2);
  });
});
