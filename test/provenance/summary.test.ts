import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { pairKey, pairOf, sumContent } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { byMaterial, flowOf } from '../../src/provenance/flow.ts';
import { ancestryOf } from '../../src/provenance/graph.ts';
import type { History, Leg, ProductionNode } from '../../src/provenance/history.ts';
import { conversionsOf } from '../../src/provenance/origins.ts';
import {
  milligramsThrough,
  originsOfLot,
  type SummarisedLot,
  sitesOfLot,
} from '../../src/provenance/summary.ts';
import { HistoryBuilder, onDay, primary, recycled } from './builder.ts';
import { foldAll } from './fold.ts';
import { randomLedger } from './random-history.ts';
import { twinOrigins } from './twin.ts';

/** Some lots travel before they are spent: which ones, and where, the numbers say. */
const travelledLedger = fc
  .tuple(randomLedger, fc.array(fc.nat({ max: 40 }), { maxLength: 12 }))
  .map(([{ builder, lots }, picks]) => {
    const sites = [...builder.facilities.keys()];
    for (const [at, pick] of picks.entries()) {
      const lot = lots[pick % lots.length] as Hex;
      const from = sites[pick % sites.length] as Hex;
      const to = sites[(pick * 7 + at) % sites.length] as Hex;
      const refused = pick % 3 === 0 ? { receipt: null } : {};
      builder.send(lot, [from, to], 20 + at, refused);
    }
    return { builder, lots };
  });

const touches = (leg: Leg, site: Hex) =>
  leg.from === site || (leg.receipt?.kind === 'accept' && leg.to === site);

/** The rule once more, recursive and without memory: what of a lot's content passed a site, in units. */
function twinThrough(history: History, lot: Hex, site: Hex, pair: string): bigint {
  const node = history.lots.get(lot);
  const production = history.productions.get(node?.production ?? '0x');
  const own = (sumContent([node?.content ?? []]).get(pair) ?? 0n) * UNITS_PER_MILLIGRAM;
  if (!production || (history.legs.get(lot) ?? []).some((leg) => touches(leg, site))) return own;
  const whole = wholeOf(history, production, pair);
  return whole === 0n ? 0n : (own * partOf(history, production, { site, pair })) / whole;
}

function partOf(history: History, production: ProductionNode, at: { site: Hex; pair: string }): bigint {
  if (production.facility === at.site) return wholeOf(history, production, at.pair);
  const sum = production.inputs.reduce(
    (all, input) => all + twinThrough(history, input, at.site, at.pair),
    0n,
  );
  const primaryPair = pairKey(pairOf(at.pair).material, false);
  const converted = convertedIn(history, production, at.pair);
  if (converted === 0n) return sum;
  const primaryPart = production.inputs.reduce(
    (all, input) => all + twinThrough(history, input, at.site, primaryPair),
    0n,
  );
  return sum + (converted * primaryPart) / contentOf(history, production.inputs, primaryPair);
}

function wholeOf(history: History, production: ProductionNode, pair: string): bigint {
  const from = production.inputs.length === 0 ? production.outputs : production.inputs;
  return contentOf(history, from, pair) + convertedIn(history, production, pair);
}

function convertedIn(history: History, { inputs, outputs }: ProductionNode, pair: string): bigint {
  const { material, recycled: isRecycled } = pairOf(pair);
  if (!isRecycled || inputs.length === 0) return 0n;
  const sums = (lots: readonly Hex[]) => sumContent(lots.map((lot) => history.lots.get(lot)?.content ?? []));
  return (conversionsOf(sums(inputs), sums(outputs)).get(material) ?? 0n) * UNITS_PER_MILLIGRAM;
}

function contentOf(history: History, lots: readonly Hex[], pair: string): bigint {
  const contents = lots.map((lot) => history.lots.get(lot)?.content ?? []);
  return (sumContent(contents).get(pair) ?? 0n) * UNITS_PER_MILLIGRAM;
}

test('each lot’s origins are those of the rule applied to its whole history, to the milligram', () => {
  fc.assert(
    fc.property(randomLedger, ({ builder, lots }) => {
      for (const lot of lots) {
        const history = builder.history(lot);
        const origins = originsOfLot(foldAll(history).get(lot) as SummarisedLot);
        for (const { material, recycled: isRecycled } of history.lots.get(lot)?.content ?? [])
          expect(Object.fromEntries(origins.get(pairKey(material, isRecycled)) ?? [])).toEqual(
            twinOrigins(history, lot, material, isRecycled),
          );
      }
    }),
    { numRuns: 60 },
  );
});

test('what passed each site is what the rule says, to the unit', () => {
  fc.assert(
    fc.property(travelledLedger, ({ builder, lots }) => {
      const history = builder.history(lots.at(-1) as Hex);
      const folded = foldAll(history);
      for (const lot of lots)
        for (const [site, { through }] of sitesOfLot(folded.get(lot) as SummarisedLot))
          for (const pair of ['027p', '027r', '028p', '028r'])
            expect(through.get(pair) ?? 0n).toBe(twinThrough(history, lot, site, pair));
    }),
    { numRuns: 60 },
  );
});

test('what passed each site is what following the lot’s content back catches there, but for a unit per step', () => {
  fc.assert(
    fc.property(travelledLedger, ({ builder, lots }) => {
      for (const lot of lots) {
        const history = builder.history(lot);
        const ancestry = ancestryOf(history, lot);
        const ancestors = [lot, ...ancestry.productions.flatMap(({ inputs }) => inputs)];
        const slack = BigInt(4 * ancestors.length);
        for (const [site, passage] of sitesOfLot(foldAll(history).get(lot) as SummarisedLot)) {
          const productions = new Set(
            ancestry.productions.filter(({ facility }) => facility === site).map(({ id }) => id),
          );
          const travelled = ancestors.filter((one) =>
            (history.legs.get(one) ?? []).some((leg) => touches(leg, site)),
          );
          const { caught } = flowOf(history, ancestry, { productions, lots: new Set(travelled) });
          for (const material of [27, 28]) {
            const got = byMaterial(passage.through).get(material) ?? 0n;
            const expected = byMaterial(caught).get(material) ?? 0n;
            expect(got - expected <= slack && expected - got <= slack).toBe(true);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('sites, times, processes and holders are those of all ancestors and their journeys', () => {
  fc.assert(
    fc.property(travelledLedger, ({ builder, lots }) => {
      for (const lot of lots) {
        const history = builder.history(lot);
        const { productions } = ancestryOf(history, lot);
        const visits = [
          ...productions.map(({ facility, occurredAt, custodian, process }) => ({
            ...{ facility, at: occurredAt, holder: custodian, process },
          })),
          ...[lot, ...productions.flatMap(({ inputs }) => inputs)]
            .flatMap((one) => history.legs.get(one) ?? [])
            .flatMap((leg) => [
              { facility: leg.from, at: leg.occurredAt, holder: leg.consignor, process: null },
              ...(leg.receipt?.kind === 'accept'
                ? [{ facility: leg.to, at: leg.receipt.occurredAt, holder: leg.consignee, process: null }]
                : []),
            ]),
        ];
        const expected = [...Map.groupBy(visits, ({ facility }) => facility)].map(([facility, there]) => ({
          facility,
          firstAt: Math.min(...there.map(({ at }) => at)),
          lastAt: Math.max(...there.map(({ at }) => at)),
          holders: new Set(there.map(({ holder }) => holder)),
          processes: new Set(there.flatMap(({ process }) => process ?? [])),
        }));
        const got = [...sitesOfLot(foldAll(history).get(lot) as SummarisedLot)].map(
          ([facility, { through: _, ...passage }]) => ({ facility, ...passage }),
        );
        const byFacility = (a: { facility: Hex }, b: { facility: Hex }) => (a.facility < b.facility ? -1 : 1);
        expect(got.sort(byFacility)).toEqual(expected.sort(byFacility));
      }
    }),
    { numRuns: 60 },
  );
});

test('material that comes by a site twice counts once, and what was recycled keeps its mine', () => {
  const builder = new HistoryBuilder();
  const [mine, recycler] = [builder.site('mine', 180), builder.site('recycler', 246)];
  const [ore] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 100n)]], day: 1 }) as [Hex];
  const [declared] = builder.make(recycler, {
    process: 'declare',
    outputs: [[primary(27, 300n)]],
    day: 2,
  }) as [Hex];
  builder.send(ore, [mine, recycler], 3);
  const [mixed] = builder.make(recycler, {
    process: 'recycle',
    inputs: [ore, declared],
    outputs: [[primary(27, 200n), recycled(27, 200n)]],
    day: 9,
  }) as [Hex];
  const sites = sitesOfLot(foldAll(builder.history(mixed)).get(mixed) as SummarisedLot);
  const at = (site: Hex) => milligramsThrough(sites.get(site) as NonNullable<ReturnType<typeof sites.get>>);
  expect(Object.fromEntries(at(mine))).toEqual({ '027p': 50n, '027r': 50n });
  expect(Object.fromEntries(at(recycler))).toEqual({ '027p': 200n, '027r': 200n });
  expect(sites.get(recycler)).toMatchObject({ firstAt: onDay(2), lastAt: onDay(9) });
});
