import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Outcome } from './bench.ts';

/** What came out for a mutant, and the tests of which that holds. */
type Entry = { key: string; tests: string; outcome: Outcome };
export type TestDigests = {
  /** Of one file with tests; undefined where it is gone. */
  of(file: string): string | undefined;
  /** Of all. */
  all: string;
};

/**
 * Outcomes of earlier runs. A kill holds as long as the file with the test that killed is the same, everything else as
 * long as all tests are.
 */
export class OutcomeCache {
  readonly #path: string;
  readonly #tests: TestDigests;
  readonly #entries = new Map<string, Entry>();

  constructor(path: string, tests: TestDigests) {
    this.#path = path;
    this.#tests = tests;
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    for (const line of lines) {
      const entry = parsed(line);
      if (entry) this.#entries.set(entry.key, entry);
    }
  }

  get(key: string): Outcome | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.tests === this.#testsOf(entry.outcome) ? entry.outcome : undefined;
  }

  set(key: string, outcome: Outcome): void {
    const entry = { key, tests: this.#testsOf(outcome) ?? '', outcome };
    this.#entries.set(key, entry);
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`);
  }

  /** Forgets all others. */
  keep(keys: ReadonlySet<string>): void {
    const kept = [...this.#entries.values()].filter(({ key }) => keys.has(key));
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }

  #testsOf(outcome: Outcome): string | undefined {
    return outcome.kind === 'killed' ? this.#tests.of(outcome.file) : this.#tests.all;
  }
}

/** The last line is cut short where a run was ended while it wrote. */
function parsed(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}
