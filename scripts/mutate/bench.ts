import {
  artifactsOf,
  compile,
  DoesNotCompile,
  LEDGER,
  type Overrides,
  type Settings,
} from '../solidity/compiler.ts';
import { type Artifact, type ArtifactId, type Failure, runSuites } from '../solidity/runner.ts';
import { compileTests, loadTests, nameOf, type TestProject } from '../solidity/suites.ts';
import type { Mutant } from './mutants.ts';

export type Outcome =
  | { kind: 'killed'; file: string; suite: string; test: string; reason: string }
  | { kind: 'survived' }
  /** Survived, and the code that would be deployed is the same to the byte. */
  | { kind: 'same code' }
  | { kind: 'does not compile' };

/** How each suite did on the contract as it is, in milliseconds. */
export type Baseline = { durations: Record<string, number>; failures: (Failure & { suite: string })[] };
export type BenchOptions = { settings: Settings; deployed: Settings; fuzzRuns: number };

/** A suite that takes longer than this is run after all others. */
const SLOW_MS = 1_000;

type Stage = { suites: ArtifactId[]; rebuild: boolean };

/** Compiles mutants and runs the tests against them, one after the other, in this process. */
export class Bench {
  readonly tests: TestProject;
  readonly #options: BenchOptions;
  readonly #kills = new Map<string, number>();
  #durations: Record<string, number> = {};
  #deployedCode: string | undefined;

  constructor(options: BenchOptions) {
    this.#options = options;
    this.tests = loadTests();
  }

  set durations(durations: Record<string, number>) {
    this.#durations = durations;
  }

  /** All suites on the contract as it is. */
  async baseline(): Promise<Baseline> {
    const artifacts = [...this.tests.artifacts, ...this.#ledger()];
    const failures: Baseline['failures'] = [];
    for (const suite of this.tests.suites) {
      const before = performance.now();
      const failed = await this.#failuresOf(suite, artifacts);
      this.#durations[nameOf(suite)] = Math.round(performance.now() - before);
      failures.push(...failed.map((each) => ({ ...each, suite: suite.name })));
    }
    return { durations: this.#durations, failures };
  }

  async try(mutant: Mutant): Promise<Outcome> {
    const overrides = new Map([[mutant.file, mutant.text]]);
    try {
      const killed = await this.#kill(mutant.file, overrides);
      if (killed) return killed;
      return this.#isDeployedAlike(overrides) ? { kind: 'same code' } : { kind: 'survived' };
    } catch (error) {
      if (error instanceof DoesNotCompile) return { kind: 'does not compile' };
      throw error;
    }
  }

  async #kill(file: string, overrides: Overrides): Promise<Outcome | undefined> {
    const ledger = this.#ledger(overrides);
    for (const { suites, rebuild } of this.#stages(file)) {
      const rebuilt = rebuild
        ? compileTests([...new Set(suites.map(({ source }) => source))], overrides)
        : [];
      const artifacts = latest([...this.tests.artifacts, ...rebuilt, ...ledger]);
      for (const suite of this.#mostLikelyFirst(suites)) {
        const [failure] = await this.#failuresOf(suite, artifacts);
        if (!failure) continue;
        this.#kills.set(nameOf(suite), (this.#kills.get(nameOf(suite)) ?? 0) + 1);
        return { kind: 'killed', file: suite.source, suite: suite.name, ...failure };
      }
    }
    return undefined;
  }

  /**
   * The cheapest first. A suite whose own code changes with the mutant is compiled again, so that it is run as it would
   * be: a mistake that test and contract share is found by others.
   */
  #stages(file: string): Stage[] {
    const affected = this.tests.affectedBy(file);
    const concerned = this.tests.suites.filter(
      (suite) => affected.has(nameOf(suite)) || this.tests.mentionsLedger(suite.source),
    );
    const heaviest = Math.max(...concerned.map(({ source }) => this.tests.weightOf(source)));
    const isHeavy = (suite: ArtifactId): boolean => this.tests.weightOf(suite.source) > heaviest / 2;
    const isSlow = (suite: ArtifactId): boolean => (this.#durations[nameOf(suite)] ?? 0) > SLOW_MS;
    const rank = (suite: ArtifactId): number => {
      const rebuild = affected.has(nameOf(suite));
      return (isSlow(suite) ? 3 : 0) + (rebuild ? (isHeavy(suite) ? 2 : 1) : 0);
    };
    const byRank = Map.groupBy(concerned, rank);
    return [...byRank]
      .toSorted(([a], [b]) => a - b)
      .map(([stage, suites]) => ({ suites, rebuild: stage % 3 !== 0 }));
  }

  #mostLikelyFirst(suites: readonly ArtifactId[]): ArtifactId[] {
    const kills = (suite: ArtifactId): number => this.#kills.get(nameOf(suite)) ?? 0;
    const duration = (suite: ArtifactId): number => this.#durations[nameOf(suite)] ?? 0;
    return suites.toSorted((a, b) => kills(b) - kills(a) || duration(a) - duration(b));
  }

  async #failuresOf(suite: ArtifactId, artifacts: readonly Artifact[]): Promise<Failure[]> {
    const results = await runSuites(artifacts, [suite], { fuzzRuns: this.#options.fuzzRuns });
    return results.flatMap(({ failures }) => failures);
  }

  #ledger(overrides?: Overrides): Artifact[] {
    return artifactsOf(compile([LEDGER], this.#options.settings, overrides));
  }

  /** Compared as it would be deployed, where the optimiser has removed differences in writing alone. */
  #isDeployedAlike(overrides: Overrides): boolean {
    this.#deployedCode ??= deployedCode(this.#options.deployed);
    return deployedCode(this.#options.deployed, overrides) === this.#deployedCode;
  }
}

function deployedCode(settings: Settings, overrides?: Overrides): string {
  return artifactsOf(compile([LEDGER], settings, overrides))
    .map(({ contract }) => contract.bytecode)
    .join();
}

/** Of those with the same name, the last. */
function latest(artifacts: readonly Artifact[]): Artifact[] {
  return [...new Map(artifacts.map((each) => [nameOf(each.id), each])).values()];
}
