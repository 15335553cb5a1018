import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apportion, UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { type PairKey, pairKey, pairOf, sumContent } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { byMaterial, flowOf } from '../../src/provenance/flow.ts';
import { ancestryOf, descendantsOf } from '../../src/provenance/graph.ts';
import { conversionsOf } from '../../src/provenance/origins.ts';
import { type RecallGraph, type RecallLot, recallOf } from '../../src/provenance/recall.ts';
import { HistoryBuilder, primary } from './builder.ts';
import { contentByPair, randomLedger } from './random-history.ts';

type Lot = RecallLot & { readonly id: Hex };

/** What became of a lot, from a ledger that was built by hand. */
function graphOf(builder: HistoryBuilder, subject: Hex): RecallGraph<Lot> {
  const productions = [...builder.productions.values()];
  const spentBy = new Map(
    productions.flatMap(({ inputs }, place) => inputs.map((input) => [input, place] as const)),
  );
  const { lots } = descendantsOf(subject, productions);
  const row = (id: Hex) => ({ id, spentBy: spentBy.get(id) ?? null });
  const concerned = new Set([subject, ...lots]);
  const rows = productions.flatMap(({ inputs, outputs }, place) => {
    if (!inputs.some((input) => concerned.has(input))) return [];
    const contents = outputs.map((id) => contentByPair(lotOf(builder, id).content));
    const pairs = new Set(contents.flatMap((content) => [...content.keys()]));
    const production = {
      inputs: sumContent(inputs.map((input) => lotOf(builder, input).content)),
      outputs: outputs.map(row),
      contents: new Map([...pairs].map((pair) => [pair, contents.map((content) => content.get(pair) ?? 0n)])),
    };
    return [[place, production] as const];
  });
  const content = contentByPair(lotOf(builder, subject).content);
  return { subject: { ...row(subject), content }, productions: new Map(rows) };
}

/** The lot itself, and every lot that descends from it. */
function lotsOf({ subject, productions }: RecallGraph<Lot>): Lot[] {
  return [subject, ...[...productions.values()].flatMap(({ outputs }) => outputs)];
}

function lotOf(builder: HistoryBuilder, id: Hex) {
  const lot = builder.lots.get(id);
  if (!lot) throw new Error(`The builder made no lot ${id}`);
  return lot;
}

type Fraction = { readonly over: bigint; readonly under: bigint };

const whole = (over: bigint): Fraction => ({ over, under: 1n });
const plus = (a: Fraction, b: Fraction): Fraction =>
  reduced(a.over * b.under + b.over * a.under, a.under * b.under);
const times = (a: Fraction, over: bigint, under: bigint): Fraction => reduced(a.over * over, a.under * under);

function reduced(over: bigint, under: bigint): Fraction {
  let [a, b] = [over, under];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? whole(0n) : { over: over / a, under: under / a };
}

/** Milligrams of `lot` that came from `subject`, as an exact fraction: the rule itself, read backward. */
function exactPart(builder: HistoryBuilder, subject: Hex, lot: Hex, pair: PairKey): Fraction {
  const content = contentByPair(lotOf(builder, lot).content);
  const mass = content.get(pair) ?? 0n;
  if (lot === subject || mass === 0n) return whole(mass);
  const { inputs, outputs } = builder.productions.get(lotOf(builder, lot).production) ?? {
    inputs: [],
    outputs: [],
  };
  const sums = sumContent(inputs.map((input) => lotOf(builder, input).content));
  const out = sumContent(outputs.map((output) => lotOf(builder, output).content));
  const from = (of: PairKey) =>
    inputs.map((input) => exactPart(builder, subject, input, of)).reduce(plus, whole(0n));
  const { material, recycled } = pairOf(pair);
  const converted = recycled ? (conversionsOf(sums, out).get(material) ?? 0n) : 0n;
  const source = pairKey(material, false);
  const turned = converted > 0n ? times(from(source), converted, sums.get(source) ?? 1n) : whole(0n);
  const into = (sums.get(pair) ?? 0n) + converted;
  return into === 0n ? whole(0n) : times(plus(from(pair), turned), mass, into);
}

function distance(a: bigint, { over, under }: Fraction): bigint {
  const apart = a * under - over;
  return (apart < 0n ? -apart : apart) / under;
}

describe('a recall, on random ledgers', () => {
  test('finds every live descendant and no other; live and gone sum to the content, to the unit', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const graph = graphOf(builder, lot);
          const { live, gone } = recallOf(graph);
          const unspent = lotsOf(graph).filter(({ spentBy }) => spentBy === null);
          expect(live.map((one) => one.lot.id).sort()).toEqual(unspent.map(({ id }) => id).sort());
          const sums = new Map(gone);
          for (const { affected } of live)
            for (const [material, units] of byMaterial(affected))
              sums.set(material, (sums.get(material) ?? 0n) + units);
          expect(new Map([...sums].sort())).toEqual(unitsOf(builder, lot));
        }
      }),
      { numRuns: 150 },
    );
  });

  test('has of each lot the exact fraction, and what the way back finds, but for a unit per lot on the way', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        const bound = BigInt(2 * lots.length);
        for (const subject of lots)
          for (const { lot, affected } of recallOf(graphOf(builder, subject)).live) {
            const history = builder.history(lot.id);
            const back = flowOf(history, ancestryOf(history, lot.id)).lots.get(subject);
            expectNear(total(affected), total(back ?? new Map()), 2n * bound);
            for (const pair of contentByPair(lotOf(builder, lot.id).content).keys()) {
              const exact = times(exactPart(builder, subject, lot.id, pair), UNITS_PER_MILLIGRAM, 1n);
              expect(distance(affected.get(pair) ?? 0n, exact)).toBeLessThanOrEqual(bound);
            }
          }
      }),
      { numRuns: 100 },
    );
  });
});

function unitsOf(builder: HistoryBuilder, lot: Hex): Map<number, bigint> {
  const masses = byMaterial(contentByPair(lotOf(builder, lot).content));
  return new Map(
    [...masses].map(([material, mass]) => [material, mass * UNITS_PER_MILLIGRAM] as const).sort(),
  );
}

function total(amounts: ReadonlyMap<PairKey, bigint>): bigint {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
}

function expectNear(a: bigint, b: bigint, bound: bigint): void {
  expect(distance(a, whole(b))).toBeLessThanOrEqual(bound);
}

describe('a recall, case by case', () => {
  const builder = () => {
    const made = new HistoryBuilder();
    return { made, mine: made.site('mine', 180), plant: made.site('recycler', 246) };
  };

  test('of a lot that is live is that lot', () => {
    const { made, mine } = builder();
    const [lot] = made.make(mine, { process: 'extract', outputs: [[primary(27, 5n)]], day: 1 }) as [Hex];
    const { live, gone } = recallOf(graphOf(made, lot));
    expect(live.map((one) => [one.lot.id, one.affected])).toEqual([
      [lot, new Map([['027p', 5n * UNITS_PER_MILLIGRAM]])],
    ]);
    expect(gone.size).toBe(0);
  });

  test('of a lot that was retired finds nothing live, and all of it gone', () => {
    const { made, mine } = builder();
    const [lot] = made.make(mine, { process: 'extract', outputs: [[primary(27, 5n)]], day: 1 }) as [Hex];
    made.make(mine, { process: 'retire', inputs: [lot], outputs: [], day: 2 });
    expect(recallOf(graphOf(made, lot))).toEqual({
      live: [],
      gone: new Map([[27, 5n * UNITS_PER_MILLIGRAM]]),
    });
  });

  test('divides among outputs and loss as the protocol apportions, remainders included', () => {
    const { made, mine, plant } = builder();
    const extract = (mass: bigint) =>
      made.make(mine, { process: 'extract', outputs: [[primary(27, mass)]], day: 1 })[0] as Hex;
    const [lot, other] = [extract(5n), extract(8n)];
    const outputs = [2n, 7n, 3n].map((mass) => [primary(27, mass)]);
    const born = made.make(plant, { process: 'blend', inputs: [lot, other], outputs, day: 2 });
    const { live, gone } = recallOf(graphOf(made, lot));
    const shares = new Map([2n, 7n, 3n, 1n].map((mass, place) => [String(place), mass]));
    const parts = apportion(5n * UNITS_PER_MILLIGRAM, shares);
    expect(live.map((one) => one.lot.id)).toEqual(born);
    expect([...live.map((one) => one.affected.get('027p')), gone.get(27)]).toEqual([...parts.values()]);
  });

  test('refuses what no ledger records: more out than in', () => {
    const content = new Map([['027p', 5n]]);
    const production = {
      inputs: content,
      outputs: [{ spentBy: null as number | null }],
      contents: new Map([['027p', [6n]]]),
    };
    const graph = { subject: { spentBy: 2, content }, productions: new Map([[2, production]]) };
    expect(() => recallOf(graph)).toThrow('makes 6 mg of 5 mg');
  });
});
