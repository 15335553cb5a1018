import type { Birth } from '../../../src/protocol/lots.ts';
import type { Content, Struct } from '../../../src/protocol/statements.ts';
import { refuse } from '../acts.ts';
import { type Book, joined, quotaOf, yearOf } from '../book.ts';
import { kind, process } from './form.ts';

/** What goes in and what comes out, per (material, recycled) pair, and the quotas that it takes. */

/** Milligrams of one quota that a production uses. */
export type Use = { readonly key: string; readonly milligrams: bigint };

type Pair = { readonly material: number; readonly recycled: boolean };
type Made = {
  readonly statement: Struct<'Production'>;
  readonly births: readonly Birth[];
  readonly facilityKind: number;
};

/**
 * The quota that a production uses. Extraction and collection need it for all, a recycler for what it converts, declared
 * and retired material for none. Content is judged in the order in which the outputs list it.
 * @throws Broken where more comes out than went in, or than the quota allows
 */
export function quotaUses(book: Book, made: Made): Use[] {
  const { process: code, outputs } = made.statement;
  if (code === process.declare || code === process.retire) return [];
  const out = outputs.flatMap(({ content }) => content);
  const uses: Use[] = [];
  for (const pair of made.births.length === 0 ? pairsOf(out) : recycledPairsOf(out)) {
    const milligrams = made.births.length === 0 ? sum(out, pair) : converted(made, out, pair.material);
    if (milligrams > 0n) uses.push(use(book, made.statement, pair, milligrams));
  }
  return uses;
}

function use(
  book: Book,
  { facility, occurredAt }: Struct<'Production'>,
  pair: Pair,
  milligrams: bigint,
): Use {
  const { material, recycled } = pair;
  const year = yearOf(occurredAt);
  const key = joined(facility, material, recycled, year);
  const { granted, used } = quotaOf(book, key);
  if (milligrams > granted - used)
    refuse('QuotaExceeded', facility, material, recycled, year, granted - used, milligrams);
  return { key, milligrams };
}

/** How much primary of a material becomes recycled: only at a recycler, and only what primary leaves unused. */
function converted({ births, facilityKind }: Made, out: readonly Content[], material: number): bigint {
  const into = births.flatMap(({ output }) => output.content);
  const [primaryIn, primaryOut] = [into, out].map((side) => sum(side, { material, recycled: false })) as Both;
  if (primaryOut > primaryIn) refuse('MoreOutThanIn', material, false, primaryIn, primaryOut);
  const [recycledIn, recycledOut] = [into, out].map((side) =>
    sum(side, { material, recycled: true }),
  ) as Both;
  const available = recycledIn + (facilityKind === kind.recycler ? primaryIn - primaryOut : 0n);
  if (recycledOut > available) refuse('MoreOutThanIn', material, true, available, recycledOut);
  return recycledOut > recycledIn ? recycledOut - recycledIn : 0n;
}

type Both = [into: bigint, out: bigint];

export function sum(content: readonly Content[], { material, recycled }: Pair): bigint {
  return content
    .filter((part) => part.material === material && part.recycled === recycled)
    .reduce((total, { milligrams }) => total + milligrams, 0n);
}

/** Each pair once, in the order of its first appearance. */
function pairsOf(content: readonly Content[]): Pair[] {
  const pairs = content.map(
    ({ material, recycled }) => [joined(material, recycled), { material, recycled }] as const,
  );
  return [...new Map(pairs).values()];
}

/** The recycled pair of each material: what a transformation may need quota for. */
function recycledPairsOf(content: readonly Content[]): Pair[] {
  return [...new Set(content.map(({ material }) => material))].map((material) => ({
    material,
    recycled: true,
  }));
}
