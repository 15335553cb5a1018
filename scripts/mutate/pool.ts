import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../tools.ts';
import type { Baseline, BenchOptions, Outcome } from './bench.ts';
import type { Mutant } from './mutants.ts';

export type ToWorker = { kind: 'baseline' } | { kind: 'try'; mutant: Mutant; baseline: Baseline };
export type FromWorker =
  | { kind: 'baseline'; baseline: Baseline }
  | { kind: 'outcome'; outcome: Outcome }
  | { kind: 'error'; error: string };

/** A hundred times what a mutant takes: who is not done by then never will be. */
const MUTANT_MS = 300_000;
const BASELINE_MS = 3 * MUTANT_MS;
const TIMED_OUT: Outcome = { kind: 'killed', file: '', suite: '', test: 'the time limit', reason: '' };
/** The compiler's memory is never given back. */
const MUTANTS_PER_PROCESS = 150;

class TimedOut extends Error {
  constructor() {
    super('A worker did not answer in time');
  }
}

/** The contract as it is fails its own tests: nothing can be said of mutants. */
export class BaselineFails extends Error {}

/** Tries mutants in `count` processes, and reports each as it is done. */
export class Pool {
  readonly #options: BenchOptions;
  readonly #count: number;
  #baseline: Baseline | undefined;

  constructor(options: BenchOptions, count: number) {
    this.#options = options;
    this.#count = count;
  }

  /** @throws BaselineFails */
  async run(
    mutants: readonly Mutant[],
    onOutcome: (mutant: Mutant, outcome: Outcome) => void,
  ): Promise<void> {
    const queue = mutants.values();
    const workers = Array.from({ length: Math.min(this.#count, mutants.length) }, () => this.#start());
    try {
      const [first] = workers;
      if (first) await this.#measure(first);
      await Promise.all(workers.map((_, at) => this.#work(workers, at, queue, onOutcome)));
    } finally {
      for (const worker of workers) worker.kill();
    }
  }

  async #measure(worker: ChildProcess): Promise<void> {
    const answer = await ask(worker, { kind: 'baseline' }, BASELINE_MS);
    if (answer.kind !== 'baseline') throw new Error(`A worker answered "${answer.kind}" to "baseline"`);
    const { failures } = answer.baseline;
    if (failures.length > 0) {
      const shown = failures.map(({ suite, test, reason }) => `  ${suite}.${test}: ${reason}`);
      throw new BaselineFails(
        `The tests fail on the contracts as they are:\n${shown.join('\n')}\nMake "npx hardhat test solidity" pass first.`,
      );
    }
    this.#baseline = answer.baseline;
  }

  async #work(
    workers: ChildProcess[],
    at: number,
    queue: Iterator<Mutant>,
    onOutcome: (mutant: Mutant, outcome: Outcome) => void,
  ): Promise<void> {
    let done = 0;
    for (let next = queue.next(); !next.done; next = queue.next()) {
      let worker = workers[at];
      if (!worker || done === MUTANTS_PER_PROCESS) {
        worker?.kill();
        worker = workers[at] = this.#start();
        done = 0;
      }
      done++;
      const outcome = await this.#try(worker, next.value);
      if (outcome === TIMED_OUT) {
        worker.kill('SIGKILL');
        workers[at] = this.#start();
      }
      onOutcome(next.value, outcome);
    }
  }

  async #try(worker: ChildProcess, mutant: Mutant): Promise<Outcome> {
    if (!this.#baseline) throw new Error('A mutant is tried before the contracts as they are');
    try {
      const answer = await ask(worker, { kind: 'try', mutant, baseline: this.#baseline }, MUTANT_MS);
      if (answer.kind !== 'outcome') throw new Error(`A worker answered "${answer.kind}" to "try"`);
      return answer.outcome;
    } catch (error) {
      if (error instanceof TimedOut) return TIMED_OUT;
      throw error;
    }
  }

  #start(): ChildProcess {
    return fork(join(ROOT, 'scripts/mutate/worker.ts'), [JSON.stringify(this.#options)], { cwd: ROOT });
  }
}

/** @throws TimedOut @throws Error with what went wrong in the worker */
async function ask(worker: ChildProcess, message: ToWorker, timeout: number): Promise<FromWorker> {
  const { promise, resolve, reject } = Promise.withResolvers<FromWorker>();
  const onExit = (code: number | null): void =>
    reject(new Error(`A worker stopped by itself (code ${code}); see its output above`));
  const timer = setTimeout(() => reject(new TimedOut()), timeout);
  worker.once('message', resolve);
  worker.once('exit', onExit);
  worker.send(message);
  try {
    const answer = await promise;
    if (answer.kind === 'error') throw new Error(answer.error);
    return answer;
  } finally {
    clearTimeout(timer);
    worker.off('message', resolve);
    worker.off('exit', onExit);
  }
}
