import fc from 'fast-check';
import { normalContent, pairKey, pairOf, sumContent } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Content } from '../../src/protocol/statements.ts';
import { HistoryBuilder } from './builder.ts';

const MATERIALS = [27, 28] as const;

/** One act of a random ledger: numbers that are read against whatever lots are held by then. */
const act = fc.record({
  kind: fc.constantFrom('origin', 'blend', 'blend', 'split', 'recycle'),
  site: fc.nat({ max: 3 }),
  picks: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
  masses: fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), { minLength: 4, maxLength: 4 }),
  parts: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 3 }),
  lose: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** A ledger of origins, blends, splits and recycling, and every lot that it ever made. */
export const randomLedger = fc.array(act, { minLength: 1, maxLength: 14 }).map((acts) => {
  const builder = new HistoryBuilder();
  const mines = [0, 1, 2, 3].map(() => builder.site('mine', 180));
  const recyclers = [0, 1, 2, 3].map(() => builder.site('recycler', 246));
  const held: Hex[] = [];
  const all: Hex[] = [];
  for (const [day, one] of acts.entries()) {
    const made =
      held.length === 0 || one.kind === 'origin'
        ? enter(builder, one, day, { mines, recyclers })
        : transform(builder, one, day, { sites: recyclers, held });
    held.push(...made);
    all.push(...made);
  }
  return { builder, lots: all };
});

function enter(
  builder: HistoryBuilder,
  one: Act,
  day: number,
  sites: { mines: Hex[]; recyclers: Hex[] },
): Hex[] {
  const collected = (one.picks[0] ?? 0) % 3 === 2;
  const process = collected ? 'collect' : (['extract', 'declare'] as const)[(one.picks[0] ?? 0) % 2];
  const site = (collected ? sites.recyclers : sites.mines)[one.site] as Hex;
  const content = (masses: bigint[]) =>
    normalContent(
      masses.map((milligrams, at) => ({ material: MATERIALS[at] ?? 27, recycled: collected, milligrams })),
    );
  const outputs = one.lose
    ? [content(one.masses.slice(0, 2)), content(one.masses.slice(2, 4))]
    : [content(one.masses.slice(0, 1))];
  return builder.make(site, { process: process ?? 'extract', outputs, day });
}

function transform(builder: HistoryBuilder, one: Act, day: number, on: { sites: Hex[]; held: Hex[] }): Hex[] {
  const picks = one.kind === 'split' ? one.picks.slice(0, 1) : one.picks;
  const inputs = [...new Set(picks.map((pick) => on.held[pick % on.held.length] as Hex))];
  for (const input of inputs) on.held.splice(on.held.indexOf(input), 1);
  const sums = sumContent(inputs.map((input) => builder.lots.get(input)?.content ?? []));
  const weights = one.parts.map((part) => BigInt(part));
  const whole = weights.reduce((sum, weight) => sum + weight, one.lose ? 1n : 0n);
  const outputs = weights.map((weight) => portion(sums, weight, whole, one.kind === 'recycle'));
  return builder.make(on.sites[one.site] as Hex, {
    process: one.kind === 'recycle' ? 'recycle' : one.kind === 'split' ? 'split' : 'blend',
    inputs,
    outputs,
    day,
  });
}

/** floor(sum × weight / whole) of each pair; where recycled, half of the primary part comes out as recycled. */
function portion(sums: Map<string, bigint>, weight: bigint, whole: bigint, converts: boolean): Content[] {
  if (whole === 0n) return [];
  const parts: Content[] = [];
  for (const [pair, mass] of sums) {
    const { material, recycled } = pairOf(pair);
    const part = (mass * weight) / whole;
    const converted = converts && !recycled ? part / 2n : 0n;
    parts.push(
      { material, recycled, milligrams: part - converted },
      { material, recycled: true, milligrams: converted },
    );
  }
  return normalContent(parts);
}

/** Milligrams of a lot per pair. */
export function contentByPair(content: readonly Content[]): Map<string, bigint> {
  return new Map(
    content.map(({ material, recycled, milligrams }) => [pairKey(material, recycled), milligrams]),
  );
}
