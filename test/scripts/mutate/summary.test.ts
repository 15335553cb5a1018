import { expect, test } from 'vitest';
import type { Outcome } from '../../../scripts/mutate/bench.ts';
import type { Mutant } from '../../../scripts/mutate/mutants.ts';
import { type Equivalent, summarize, type Tried } from '../../../scripts/mutate/summary.ts';

const KILLED: Outcome = { kind: 'killed', file: 'A.t.sol', suite: 'A', test: 'test_a()', reason: '' };
const SURVIVED: Outcome = { kind: 'survived' };

const mutant = (mutated: string): Mutant => ({
  id: mutated,
  file: 'contracts/A.sol',
  line: 3,
  where: 'A.f',
  operator: 'number',
  original: 'r = 1;',
  mutated,
  text: '',
  scope: { start: 0, end: 0 },
});
const tried = (outcomes: Outcome[]): Tried[] =>
  outcomes.map((outcome, at) => ({ mutant: mutant(`r = ${at};`), outcome }));
const entry = (at: number): Equivalent => {
  const { file, where, original, mutated } = mutant(`r = ${at};`);
  return { file, where, original, mutated, reason: 'nobody reads r' };
};
const many = (count: number): Outcome[] => Array.from({ length: count }, () => KILLED);

test('a survivor fails the run, and is shown with its place and its change', () => {
  const { complaints } = summarize(tried([SURVIVED, ...many(30)]), [], true);
  expect(complaints).toEqual(['Survived: contracts/A.sol:3 A.f (number)\n  - r = 1;\n  + r = 0;']);
});

test('a survivor that is known to be equivalent does not, and is counted apart', () => {
  const { lines, complaints } = summarize(tried([SURVIVED, ...many(30)]), [entry(0)], true);
  expect(complaints).toEqual([]);
  expect(lines.slice(-2)).toEqual([
    'Score                          96.8 % of those to be told apart',
    '                               100.0 % without those known to be equivalent',
  ]);
});

test('a list of equivalent mutants cannot make up for tests', () => {
  const { complaints } = summarize(tried([SURVIVED, ...many(18)]), [entry(0)], true);
  expect(complaints).toEqual([expect.stringContaining('Less than 95 %')]);
});

test('what does not compile, or is the same code, counts for nothing', () => {
  const { lines, complaints } = summarize(
    tried([{ kind: 'does not compile' }, { kind: 'same code' }, KILLED]),
    [],
    true,
  );
  expect(complaints).toEqual([]);
  expect(lines).toContain('  to be told apart             1');
});

test('an entry that a test has refuted, or that no mutant matches, fails the run', () => {
  expect(summarize(tried([KILLED]), [entry(0)], true).complaints).toEqual([
    expect.stringContaining('Listed as equivalent, but killed by test_a()'),
  ]);
  expect(summarize(tried([KILLED]), [entry(7)], true).complaints).toEqual([
    expect.stringContaining('Listed as equivalent, but there is no such mutant'),
  ]);
  expect(summarize(tried([KILLED]), [entry(7)], false).complaints).toEqual([]);
});
