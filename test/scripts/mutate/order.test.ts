import { expect, test } from 'vitest';
import { chunksOf, stagesOf } from '../../../scripts/mutate/order.ts';
import type { TestProject } from '../../../scripts/solidity/suites.ts';

const suite = (name: string) => ({ name, source: `${name}.t.sol`, solcVersion: '' });
const full = (name: string): string => `${name}.t.sol:${name}`;

/** Suites by what their file weighs; those in capitals mention the ledger. */
const project = (weights: Record<string, number>): TestProject => ({
  files: [],
  artifacts: [],
  suites: Object.keys(weights).map(suite),
  affectedBy: () => new Set(),
  digestOf: () => '',
  mentionsLedger: (path) => /^[A-Z]/.test(path),
  weightOf: (path) => weights[path.replace('.t.sol', '')] ?? 0,
});

const stages = (
  weights: Record<string, number>,
  affected: string[],
  durations: Record<string, number> = {},
) =>
  stagesOf(
    project(weights),
    new Set(affected.map(full)),
    Object.fromEntries(Object.entries(durations).map(([name, each]) => [full(name), each])),
  ).map(({ suites, rebuild }) => [suites.map(({ name }) => name), rebuild]);

test('suites as they are come before those to compile again, the light before the heavy, the slow last', () => {
  const weights = { Heavy: 100, Light: 10, Plain: 100, Slow: 100, SlowLight: 10 };
  expect(stages(weights, ['Heavy', 'Light', 'SlowLight'], { Slow: 5_000, SlowLight: 5_000 })).toEqual([
    [['Plain'], false],
    [['Light'], true],
    [['Heavy'], true],
    [['Slow'], false],
    [['SlowLight'], true],
  ]);
});

test('a suite that does not mention the ledger is run only where its own code changes', () => {
  expect(stages({ hashes: 10, Ledger: 100 }, [])).toEqual([[['Ledger'], false]]);
  expect(stages({ hashes: 10, Ledger: 100 }, ['hashes'])).toEqual([
    [['Ledger'], false],
    [['hashes'], true],
  ]);
});

test('one is compiled alone, then a few, then all others', () => {
  expect(chunksOf([1, 2, 3, 4, 5, 6, 7])).toEqual([[1], [2, 3, 4, 5], [6, 7]]);
  expect(chunksOf([1, 2])).toEqual([[1], [2]]);
  expect(chunksOf([])).toEqual([]);
});
