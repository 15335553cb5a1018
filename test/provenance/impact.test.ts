import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNITS_PER_MILLIGRAM } from '../../src/protocol/apportion.ts';
import { type PairKey, pairKey } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { type ImpactGraph, impactOf } from '../../src/provenance/impact.ts';
import { recallOf } from '../../src/provenance/recall.ts';

const COBALT: PairKey = pairKey(27, false);
const RECYCLED: PairKey = pairKey(27, true);

type Lot = { readonly lot: Hex; readonly spentBy: number | null };
type Mass = Partial<Record<PairKey, bigint>>;
type Made = { readonly inputs: readonly string[]; readonly outputs: Readonly<Record<string, Mass>> };

const id = (name: string): Hex => `0x${Buffer.from(name).toString('hex').padEnd(64, '0')}`;

/** What became of the seeds, in a ledger of productions in their order. The first have no inputs. */
function graphOf(made: readonly Made[], seeds: readonly string[]): ImpactGraph<Lot> {
  const masses = new Map(made.flatMap(({ outputs }) => Object.entries(outputs)));
  const contentOf = (name: string) => new Map(Object.entries(masses.get(name) ?? {})) as Map<PairKey, bigint>;
  const row = (name: string): Lot => {
    const spentBy = made.findIndex(({ inputs }) => inputs.includes(name));
    return { lot: id(name), spentBy: spentBy < 0 ? null : spentBy };
  };
  const concerned = new Set(seeds);
  const productions = new Map();
  for (const [number, { inputs, outputs }] of made.entries()) {
    if (!inputs.some((name) => concerned.has(name))) continue;
    const names = Object.keys(outputs);
    for (const name of names) concerned.add(name);
    const sums = new Map<PairKey, bigint>();
    for (const name of inputs)
      for (const [pair, mass] of contentOf(name)) sums.set(pair, (sums.get(pair) ?? 0n) + mass);
    const contents = [COBALT, RECYCLED].map(
      (pair) => [pair, names.map((name) => contentOf(name).get(pair) ?? 0n)] as const,
    );
    productions.set(number, { inputs: sums, outputs: names.map(row), contents: new Map(contents) });
  }
  return { seeds: seeds.map((name) => ({ ...row(name), content: contentOf(name) })), productions };
}

const primary = (mass: bigint): Mass => ({ [COBALT]: mass });
const liveIn = (made: readonly Made[], seeds: readonly string[]) =>
  Object.fromEntries(
    impactOf(graphOf(made, seeds)).live.map(({ lot, affected }) => [
      lot.lot,
      (affected.get(COBALT) ?? 0n) / UNITS_PER_MILLIGRAM,
    ]),
  );

describe('the impact of several lots', () => {
  const made: Made[] = [
    { inputs: [], outputs: { ore: primary(100n), pure: primary(300n) } },
    { inputs: ['ore', 'pure'], outputs: { blend: primary(200n), rest: primary(200n) } },
    { inputs: ['blend'], outputs: { cell: primary(200n) } },
  ];

  test('of one is its recall', () => {
    const { seeds, productions } = graphOf(made, ['ore']);
    const [subject] = seeds;
    if (!subject) throw new Error('There is one seed');
    const { live, gone } = impactOf({ seeds, productions });
    expect({ live, gone }).toEqual(recallOf({ subject, productions }));
    expect(liveIn(made, ['ore'])).toEqual({ [id('rest')]: 50n, [id('cell')]: 50n });
  });

  test('adds up, and no more is affected than there is', () => {
    expect(liveIn(made, ['ore', 'pure'])).toEqual({ [id('rest')]: 200n, [id('cell')]: 200n });
  });

  test('counts a lot whole that was there, also what it was made of, and that once', () => {
    expect(liveIn(made, ['ore', 'blend'])).toEqual({ [id('rest')]: 50n, [id('cell')]: 200n });
    const { content, gone } = impactOf(graphOf(made, ['ore', 'blend']));
    expect(content.get(COBALT)).toBe(300n);
    expect(gone.get(27)).toBe(50n * UNITS_PER_MILLIGRAM);
  });

  test('has the seeds themselves, while they are live, and nothing where there are none', () => {
    expect(liveIn(made, ['rest'])).toEqual({ [id('rest')]: 200n });
    expect(impactOf(graphOf(made, []))).toEqual({ live: [], gone: new Map(), content: new Map() });
  });

  test('follows what a recycler turned from primary into recycled', () => {
    const turned = [
      { inputs: [], outputs: { scrap: primary(10n), other: primary(30n) } },
      { inputs: ['scrap', 'other'], outputs: { out: { [COBALT]: 20n, [RECYCLED]: 20n } } },
    ];
    const [live] = impactOf(graphOf(turned, ['scrap'])).live;
    expect([live?.affected.get(COBALT), live?.affected.get(RECYCLED)]).toEqual([
      5n * UNITS_PER_MILLIGRAM,
      5n * UNITS_PER_MILLIGRAM,
    ]);
  });
});

/** The share of each lot that came through a seed, as an exact fraction over `under`. */
function sharesOf(made: readonly Made[], seeds: ReadonlySet<string>): Map<string, [bigint, bigint]> {
  const shares = new Map<string, [bigint, bigint]>();
  const masses = new Map<string, bigint>();
  for (const { inputs, outputs } of made) {
    let [over, under, whole] = [0n, 1n, 0n];
    for (const name of inputs) {
      const [a, b] = shares.get(name) ?? [0n, 1n];
      const mass = masses.get(name) ?? 0n;
      [over, under, whole] = [over * b + a * mass * under, under * b, whole + mass];
    }
    for (const [name, mass] of Object.entries(outputs)) {
      masses.set(name, mass[COBALT] ?? 0n);
      shares.set(name, seeds.has(name) ? [1n, 1n] : whole === 0n ? [0n, 1n] : [over, under * whole]);
    }
  }
  return shares;
}

const randomMade = fc
  .array(
    fc.tuple(
      fc.array(fc.nat(30), { maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 97 }), { minLength: 1, maxLength: 3 }),
    ),
    {
      minLength: 2,
      maxLength: 7,
    },
  )
  .map((plans): Made[] => {
    const free: [string, bigint][] = [];
    return plans.map(([picks, parts], number) => {
      const inputs = picks.flatMap((pick) => (free.length === 0 ? [] : free.splice(pick % free.length, 1)));
      const whole = inputs.reduce((sum, [, mass]) => sum + mass, 0n);
      const total = BigInt(parts.reduce((a, b) => a + b, 0) + 1);
      const outputs = parts.map((part, place): [string, bigint] => {
        const mass = inputs.length === 0 ? BigInt(part) : (whole * BigInt(part)) / total;
        return [`${number}.${place}`, mass];
      });
      free.push(...outputs);
      const made = Object.fromEntries(outputs.map(([name, mass]) => [name, primary(mass)]));
      return { inputs: inputs.map(([name]) => name), outputs: made };
    });
  });

test('of any lots: no unit is lost, and each live lot has its exact share but for rounding', () => {
  fc.assert(
    fc.property(randomMade, fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), (made, picks) => {
      const names = made.flatMap(({ outputs }) => Object.keys(outputs));
      const seeds = [...new Set(picks.map((pick) => names[pick % names.length] as string))];
      const graph = graphOf(made, seeds);
      const { live, gone, content } = impactOf(graph);
      const alive = live.reduce((sum, { affected }) => sum + (affected.get(COBALT) ?? 0n), 0n);
      expect(alive + (gone.get(27) ?? 0n)).toBe((content.get(COBALT) ?? 0n) * UNITS_PER_MILLIGRAM);
      const shares = sharesOf(made, new Set(seeds));
      const masses = new Map(made.flatMap(({ outputs }) => Object.entries(outputs)));
      for (const name of names) {
        const found = live.find(({ lot }) => lot.lot === id(name));
        const [over, under] = shares.get(name) ?? [0n, 1n];
        const mass = (masses.get(name)?.[COBALT] ?? 0n) * UNITS_PER_MILLIGRAM;
        const isSpent = made.some(({ inputs }) => inputs.includes(name));
        if (isSpent) expect(found).toBeUndefined();
        else {
          const off = (found?.affected.get(COBALT) ?? 0n) - (mass * over) / under;
          expect(off >= -7n && off <= 7n).toBe(true);
        }
      }
    }),
    { numRuns: 300 },
  );
});
