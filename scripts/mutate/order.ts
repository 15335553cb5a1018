import type { ArtifactId } from '../solidity/runner.ts';
import { nameOf, type TestProject } from '../solidity/suites.ts';

/** Suites to run before those of the next stage, each compiled again if `rebuild` says so. */
export type Stage = { suites: ArtifactId[]; rebuild: boolean };

/** A suite that takes longer than this is run after all others. */
export const SLOW_MS = 1_000;
/** To compile all test files takes ten times as long as to compile one, and one is often enough. */
const CHUNKS = [1, 4];

/** The suites that have anything to do with a mutant, in the order of what they cost. */
export function stagesOf(
  tests: TestProject,
  affected: ReadonlySet<string>,
  durations: Readonly<Record<string, number>>,
): Stage[] {
  const concerned = tests.suites.filter(
    (suite) => affected.has(nameOf(suite)) || tests.mentionsLedger(suite.source),
  );
  const heaviest = Math.max(...concerned.map(({ source }) => tests.weightOf(source)));
  const rank = (suite: ArtifactId): number => {
    const isSlow = (durations[nameOf(suite)] ?? 0) > SLOW_MS;
    const isHeavy = tests.weightOf(suite.source) > heaviest / 2;
    const build = affected.has(nameOf(suite)) ? (isHeavy ? 2 : 1) : 0;
    return (isSlow ? 3 : 0) + build;
  };
  return [...Map.groupBy(concerned, rank)]
    .toSorted(([a], [b]) => a - b)
    .map(([stage, suites]) => ({ suites, rebuild: stage % 3 !== 0 }));
}

/** The first alone, then a few, then all others. */
export function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  let at = 0;
  for (const size of [...CHUNKS, items.length]) {
    if (at < items.length) chunks.push(items.slice(at, at + size));
    at += size;
  }
  return chunks;
}
