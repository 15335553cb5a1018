/**
 * How good the contracts' tests are: changes the contracts in one place at a time, and runs the tests against each such
 * mutant. One that passes them all shows what no test looks at. Fails below the score that is required, and where a
 * survivor is not in scripts/mutate/equivalent.json.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import config from '../hardhat.config.ts';
import type { Outcome } from './mutate/bench.ts';
import { OutcomeCache, type TestDigests } from './mutate/cache.ts';
import { findMutants, type Mutant } from './mutate/mutants.ts';
import { BaselineFails, Pool } from './mutate/pool.ts';
import { describe, type Equivalent, summarize, type Tried } from './mutate/summary.ts';
import { LEDGER, parse, quickestSettings, type Settings, sourceOf } from './solidity/compiler.ts';
import { readTests } from './solidity/suites.ts';
import { ROOT } from './tools.ts';

type Options = {
  only?: string[];
  sample?: number;
  seed: string;
  list?: true;
  workers: number;
  fuzzRuns: number;
};

const CACHE = join(ROOT, '.cache/mutation.jsonl');
const EQUIVALENT = join(ROOT, 'scripts/mutate/equivalent.json');

function count(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('Expected a whole number from 1.');
  return value;
}

const { only, sample, seed, list, workers, fuzzRuns } = new Command()
  .name('npm run mutate --')
  .option('--only <files...>', 'mutants of these files alone, such as contracts/Lots.sol')
  .option('--sample <n>', 'so many mutants, chosen by the seed', count)
  .option('--seed <text>', 'another text chooses another sample', '1')
  .option('--list', 'print the mutants and try none')
  .option('--workers <n>', 'processes', count, availableParallelism())
  .option('--fuzz-runs <n>', 'inputs that a fuzz test tries on a mutant', count, 32)
  .parse()
  .opts<Options>();

const mutants = chosen(findMutants());
if (list) for (const mutant of mutants) console.log(describe(mutant));
else await tryAll();

function chosen(all: readonly Mutant[]): Mutant[] {
  const unknown = only?.find((file) => !all.some((mutant) => mutant.file === file));
  if (unknown) {
    console.error(`${unknown} has no mutants; name a file such as ${LEDGER}, from the repository’s root.`);
    process.exit(1);
  }
  const wanted = all.filter(({ file }) => !only || only.includes(file));
  const rank = ({ id }: Mutant): string => createHash('sha256').update(`${seed}\0${id}`).digest('hex');
  if (!sample) return wanted;
  return wanted.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, sample);
}

async function tryAll(): Promise<void> {
  const settings = quickestSettings();
  const cache = new OutcomeCache(CACHE, testDigests());
  const context = contextOf(settings);
  const keyOf = ({ id }: Mutant): string => createHash('sha256').update(`${context}\0${id}`).digest('hex');
  const tried: Tried[] = [];
  const waiting: Mutant[] = [];
  for (const mutant of mutants) {
    const outcome = cache.get(keyOf(mutant));
    if (outcome) tried.push({ mutant, outcome });
    else waiting.push(mutant);
  }
  console.log(`${mutants.length} mutants, ${tried.length} of them tried before`);
  const progress = progressOf(waiting.length);
  const pool = new Pool({ settings, deployed: deployedSettings(), fuzzRuns }, workers);
  try {
    await pool.run(waiting, (mutant, outcome) => {
      cache.set(keyOf(mutant), outcome);
      tried.push({ mutant, outcome });
      progress.show(mutant, outcome);
    });
  } catch (error) {
    if (!(error instanceof BaselineFails)) throw error;
    console.error(error.message);
    process.exitCode = 1;
    return;
  } finally {
    progress.end();
  }
  const isComplete = !only && !sample;
  if (isComplete) cache.keep(new Set(mutants.map(keyOf)));
  report(tried, isComplete);
}

function report(tried: readonly Tried[], isComplete: boolean): void {
  const order = new Map(mutants.map(({ id }, at) => [id, at]));
  const sorted = tried.toSorted((a, b) => (order.get(a.mutant.id) ?? 0) - (order.get(b.mutant.id) ?? 0));
  const equivalents = JSON.parse(readFileSync(EQUIVALENT, 'utf8')) as Equivalent[];
  const { lines, complaints } = summarize(sorted, equivalents, isComplete);
  for (const line of [...lines, '', ...complaints]) console.log(line);
  if (complaints.length > 0) process.exitCode = 1;
}

/** Changes with whatever makes the same mutant another program, or has it tried in another way. */
function contextOf(settings: Settings): string {
  const hash = createHash('sha256').update(JSON.stringify([settings, deployedSettings(), fuzzRuns]));
  for (const path of Object.keys(parse([LEDGER])).sort()) hash.update(`${path}\0${sourceOf(path)}\0`);
  return hash.update(sourceOf('package-lock.json')).digest('hex');
}

function testDigests(): TestDigests {
  const tests = readTests();
  const digests = new Map(tests.files.map((file) => [file, tests.digestOf(file)]));
  return { of: (file) => digests.get(file), all: [...digests.values()].join() };
}

/** As the build compiles the ledger. */
function deployedSettings(): Settings {
  const { overrides } = config.solidity as { overrides: Record<string, { settings: Settings }> };
  const settings = overrides[LEDGER]?.settings;
  if (!settings) throw new Error(`hardhat.config.ts has no settings for ${LEDGER}`);
  return settings;
}

type Progress = { show(mutant: Mutant, outcome: Outcome): void; end(): void };

function progressOf(total: number): Progress {
  const counts = { killed: 0, survived: 0 };
  const bar = new SingleBar({
    format: '{bar} {value}/{total} | killed {killed} | survived {survived} | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 30_000,
  });
  if (total > 0) bar.start(total, 0, counts);
  return {
    show(_mutant, { kind }) {
      if (kind === 'killed' || kind === 'survived') counts[kind]++;
      bar.increment(counts);
    },
    end: () => bar.stop(),
  };
}
