import fc from 'fast-check';

/**
 * What happens to the chain, to the nodes that answer for it, to the database and to the indexer. Numbers are choices:
 * what they come to depends on where the chain is by then.
 */
export type Act =
  | { readonly kind: 'grow'; readonly blocks: readonly (readonly number[])[] }
  /** Another branch from up to `depth` below the newest block on; `again`: with what was dropped, in other blocks. */
  | {
      readonly kind: 'fork';
      readonly depth: number;
      readonly blocks: readonly (readonly number[])[];
      readonly again: boolean;
    }
  /** To a tip of before, on whatever branch. */
  | { readonly kind: 'return'; readonly to: number }
  | { readonly kind: 'finalize'; readonly depth: number }
  /** For a while, some requests go to a node that is where the newest one was, or still further back. */
  | {
      readonly kind: 'stale';
      readonly since: number;
      readonly cut: number;
      readonly batches: number;
      readonly pattern: number;
    }
  | { readonly kind: 'away' | 'doubled' | 'narrow'; readonly batches: number }
  | { readonly kind: 'unfiled'; readonly batches: number; readonly blocks: number }
  /** The next write fails: `before` it is made, or once it is, with the answer lost. */
  | { readonly kind: 'fail'; readonly when: 'before' | 'after' }
  | { readonly kind: 'restart' }
  /** A second indexer on the same index, for that many requests of both. */
  | { readonly kind: 'rival'; readonly batches: number };

/** `after`: how many more requests come first. */
export type Beat = { readonly after: number; readonly act: Act };

export type Script = {
  /** Whether nodes have a `finalized` tag. */
  readonly hasTag: boolean;
  /** Whether nodes that are behind may contradict what is final by now. */
  readonly treacherous: boolean;
  readonly beats: readonly Beat[];
  /** At the end, the chain gives up final blocks: how far below, and what comes instead. */
  readonly deep: { readonly below: number; readonly blocks: readonly (readonly number[])[] } | null;
};

const block = fc.oneof(
  { weight: 2, arbitrary: fc.constant<number[]>([]) },
  { weight: 3, arbitrary: fc.array(fc.nat(10_000), { minLength: 1, maxLength: 4 }) },
);
const blocks = fc.array(block, { minLength: 1, maxLength: 6 });
/** Many blocks with nothing in them: headers alone, far enough for depth to count as final. */
const desert = fc.nat(80).map((count) => Array.from({ length: count + 1 }, (): number[] => []));
const batches = fc.integer({ min: 1, max: 12 });
const kind = <const K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: kind('grow'), blocks: fc.oneof({ weight: 9, arbitrary: blocks }, desert) }),
  },
  { weight: 5, arbitrary: fc.record({ kind: kind('fork'), depth: fc.nat(8), blocks, again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('fork'), depth: fc.nat(64), blocks, again: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('return'), to: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('finalize'), depth: fc.nat(6) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: kind('stale'),
      since: fc.nat(4),
      cut: fc.nat(5),
      batches,
      pattern: fc.integer({ min: 1, max: 0xffff }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('away'), batches: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('doubled', 'narrow'), batches }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('unfiled'), batches, blocks: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('fail'), when: fc.constantFrom('before', 'after') }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('restart') }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('rival'), batches }) },
);

export const scripts: fc.Arbitrary<Script> = fc.record({
  hasTag: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
  treacherous: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, fc.constant(true)),
  beats: fc.array(fc.record({ after: fc.nat(9), act }), { maxLength: 30, size: 'max' }),
  deep: fc.option(fc.record({ below: fc.integer({ min: 1, max: 5 }), blocks }), { freq: 2 }),
});
