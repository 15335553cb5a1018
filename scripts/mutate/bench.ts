import {
  artifactsOf,
  compile,
  DoesNotCompile,
  LEDGER,
  type Overrides,
  type Settings,
} from '../solidity/compiler.ts';
import {
  type Artifact,
  type ArtifactId,
  type Failure,
  type RunOptions,
  runSuites,
} from '../solidity/runner.ts';
import { compileTests, loadTests, nameOf, type TestProject } from '../solidity/suites.ts';
import type { Mutant } from './mutants.ts';
import { chunksOf, SLOW_MS, stagesOf } from './order.ts';

type Kill = Failure & { kind: 'killed'; file: string; suite: string };
export type Outcome =
  | Kill
  | { kind: 'survived' }
  /** Survived, and the code that would be deployed is the same to the byte. */
  | { kind: 'same code' }
  | { kind: 'does not compile' };

/** What the tests do on the contracts as they are. */
export type Baseline = {
  /** Of each suite, in milliseconds. */
  durations: Record<string, number>;
  /** Inputs that each suite tries in a fuzz test: fewer where each takes long. */
  fuzzRuns: Record<string, number>;
  /** Tests that pass on the deployed code alone, by suite: they depend on what gas things take. */
  dependOnGas: Record<string, string[]>;
  /** Tests that do not pass on that either. */
  failures: (Failure & { suite: string })[];
};
export type BenchOptions = { settings: Settings; deployed: Settings; fuzzRuns: number };
type Patterns = Pick<RunOptions, 'testPattern' | 'excludeTestPattern'>;

/** So many inputs for a suite that takes longer with them than SLOW_MS. */
const FEW_RUNS = 4;

/** Compiles mutants and runs the tests against them, one after the other, in this process. */
export class Bench {
  readonly tests: TestProject;
  readonly #options: BenchOptions;
  /** How often each suite has killed mutants of each file: who did will again. */
  readonly #kills = new Map<string, number>();
  #deployedCode: string | undefined;
  baseline: Baseline = { durations: {}, fuzzRuns: {}, dependOnGas: {}, failures: [] };

  constructor(options: BenchOptions) {
    this.#options = options;
    this.tests = loadTests();
  }

  /** Runs all suites on the contracts as they are. */
  async measure(): Promise<Baseline> {
    const { durations, fuzzRuns, dependOnGas, failures } = this.baseline;
    const quick = [...this.tests.artifacts, ...ledger(this.#options.settings)];
    for (const suite of this.tests.suites) {
      const name = nameOf(suite);
      fuzzRuns[name] = Math.min(FEW_RUNS, this.#options.fuzzRuns);
      let { failed, duration } = await this.#timed(suite, quick);
      if (duration < SLOW_MS && fuzzRuns[name] < this.#options.fuzzRuns) {
        fuzzRuns[name] = this.#options.fuzzRuns;
        ({ failed, duration } = await this.#timed(suite, quick));
      }
      durations[name] = duration;
      if (failed.length > 0) dependOnGas[name] = failed.map(({ test }) => test);
    }
    const deployed = [...this.tests.artifacts, ...ledger(this.#options.deployed)];
    for (const suite of this.#suitesOfGas()) {
      const failed = await this.#failuresOf(suite, deployed, this.#onlyOfGas(suite));
      failures.push(...failed.map((each) => ({ ...each, suite: suite.name })));
    }
    return this.baseline;
  }

  async #timed(
    suite: ArtifactId,
    artifacts: readonly Artifact[],
  ): Promise<{ failed: Failure[]; duration: number }> {
    const before = performance.now();
    const failed = await this.#failuresOf(suite, artifacts);
    return { failed, duration: Math.round(performance.now() - before) };
  }

  async try(mutant: Mutant): Promise<Outcome> {
    const overrides = new Map([[mutant.file, mutant.text]]);
    try {
      return (await this.#kill(mutant, overrides)) ?? (await this.#tryDeployed(mutant, overrides));
    } catch (error) {
      if (error instanceof DoesNotCompile) return { kind: 'does not compile' };
      throw error;
    }
  }

  /**
   * The cheapest tests first. A suite whose own code changes with the mutant is compiled again, so that it is run as it
   * would be: a mistake that test and contract share is for other tests to find.
   */
  async #kill(mutant: Mutant, overrides: Overrides): Promise<Kill | undefined> {
    const mutated = ledger(this.#options.settings, overrides);
    const affected = this.tests.affectedBy(mutant.file, mutant.scope);
    for (const { suites, rebuild } of stagesOf(this.tests, affected, this.baseline.durations)) {
      const ordered = this.#mostLikelyFirst(mutant, suites);
      for (const chunk of rebuild ? chunksOf(ordered) : [ordered]) {
        const artifacts = [...(rebuild ? this.#rebuilt(chunk, overrides) : this.tests.artifacts), ...mutated];
        const kill = await this.#firstKill(mutant, chunk, artifacts, (suite) => this.#allButOfGas(suite));
        if (kill) return kill;
      }
    }
    return undefined;
  }

  async #tryDeployed(mutant: Mutant, overrides: Overrides): Promise<Outcome> {
    const mutated = ledger(this.#options.deployed, overrides);
    this.#deployedCode ??= codeOf(ledger(this.#options.deployed));
    if (codeOf(mutated) === this.#deployedCode) return { kind: 'same code' };
    const suites = this.#suitesOfGas();
    const artifacts = [...this.#rebuilt(suites, overrides), ...mutated];
    const kill = await this.#firstKill(mutant, suites, artifacts, (suite) => this.#onlyOfGas(suite));
    return kill ?? { kind: 'survived' };
  }

  async #firstKill(
    { file }: Mutant,
    suites: readonly ArtifactId[],
    artifacts: readonly Artifact[],
    patternsOf: (suite: ArtifactId) => Patterns,
  ): Promise<Kill | undefined> {
    for (const suite of suites) {
      const [failure] = await this.#failuresOf(suite, artifacts, patternsOf(suite));
      if (!failure) continue;
      const pair = `${file} ${nameOf(suite)}`;
      this.#kills.set(pair, (this.#kills.get(pair) ?? 0) + 1);
      return { kind: 'killed', file: suite.source, suite: suite.name, ...failure };
    }
    return undefined;
  }

  #rebuilt(suites: readonly ArtifactId[], overrides: Overrides): Artifact[] {
    const files = [...new Set(suites.map(({ source }) => source))];
    const rebuilt = files.length > 0 ? compileTests(files, overrides) : [];
    return [
      ...new Map([...this.tests.artifacts, ...rebuilt].map((each) => [nameOf(each.id), each])).values(),
    ];
  }

  #mostLikelyFirst({ file }: Mutant, suites: readonly ArtifactId[]): ArtifactId[] {
    const kills = (suite: ArtifactId): number => this.#kills.get(`${file} ${nameOf(suite)}`) ?? 0;
    const duration = (suite: ArtifactId): number => this.baseline.durations[nameOf(suite)] ?? 0;
    return suites.toSorted((a, b) => kills(b) - kills(a) || duration(a) - duration(b));
  }

  async #failuresOf(
    suite: ArtifactId,
    artifacts: readonly Artifact[],
    patterns: Patterns = {},
  ): Promise<Failure[]> {
    const fuzzRuns = this.baseline.fuzzRuns[nameOf(suite)] ?? this.#options.fuzzRuns;
    const results = await runSuites(artifacts, [suite], { fuzzRuns, ...patterns });
    return results.flatMap(({ failures }) => failures);
  }

  #suitesOfGas(): ArtifactId[] {
    return this.tests.suites.filter((suite) => nameOf(suite) in this.baseline.dependOnGas);
  }

  #onlyOfGas(suite: ArtifactId): Patterns {
    return { testPattern: patternOf(this.baseline.dependOnGas[nameOf(suite)] ?? []) };
  }

  #allButOfGas(suite: ArtifactId): Patterns {
    const tests = this.baseline.dependOnGas[nameOf(suite)];
    return tests ? { excludeTestPattern: patternOf(tests) } : {};
  }
}

/** Of the tests' names, without their parameters. */
const patternOf = (tests: readonly string[]): string =>
  `^(${tests.map((test) => test.split('(')[0]).join('|')})\\(`;

const ledger = (settings: Settings, overrides?: Overrides): Artifact[] =>
  artifactsOf(compile([LEDGER], settings, overrides));

const codeOf = (artifacts: readonly Artifact[]): string =>
  artifacts.map(({ contract }) => contract.bytecode).join();
