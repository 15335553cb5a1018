import { isSubject } from '../mutate/mutants.ts';
import {
  artifactsOf,
  compile,
  DoesNotCompile,
  LEDGER,
  type Overrides,
  parse,
  QUICK_SETTINGS,
  sourceOf,
} from '../solidity/compiler.ts';
import {
  type Artifact,
  coverageLibrary,
  edr,
  runSuites,
  type SuiteResult,
  suitesIn,
} from '../solidity/runner.ts';
import { testFiles } from '../solidity/suites.ts';
import { type Branch, branchLibrary, markBranches, withoutPure } from './branches.ts';

export type Statement = { line: number; mark: string };
/** What of a file can be run, and the marks that show that it was. */
export type Marked = { path: string; statements: Statement[]; branches: Branch[] };
export type Measured = { files: Marked[]; marks: ReadonlySet<string>; results: SuiteResult[] };

/** Other inputs reach nothing more. */
const FUZZ_RUNS = 4;

/** Runs all tests on contracts that mark what is run. */
export async function measure(): Promise<Measured> {
  const library = coverageLibrary();
  const overrides = new Map([
    [library.path, library.text],
    [branchLibrary.path, branchLibrary.text],
  ]);
  const files: Marked[] = [];
  for (const [path, { ast }] of Object.entries(parse([LEDGER, ...testFiles()]))) {
    if (/^(contracts|test)\//.test(path)) overrides.set(path, withoutPure(sourceOf(path)));
    if (!isSubject(path)) continue;
    const { text, branches } = markBranches(path, sourceOf(path), ast);
    const version = edr.latestSupportedSolidityVersion();
    const { source, metadata } = edr.addStatementCoverageInstrumentation(text, path, version);
    overrides.set(path, source);
    // No line was added before the statements were looked for, so that their lines are those of the file.
    const statements = metadata.map(({ tag, startUtf16 }) => ({
      line: text.slice(0, startUtf16).split('\n').length,
      mark: markOf(tag),
    }));
    files.push({ path, statements, branches });
  }
  const tests = build(testFiles(), overrides);
  const marks = new Set<string>();
  const results = await runSuites([...build([LEDGER], overrides), ...tests], suitesIn(tests), {
    fuzzRuns: FUZZ_RUNS,
    onHits: (hits) => {
      for (const hit of hits) marks.add(markOf(hit));
    },
  });
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), marks, results };
}

const markOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;

/** Marks take room on the stack, so that what compiles without them in the quickest way may not with them. */
function build(entries: readonly string[], overrides: Overrides): Artifact[] {
  let failure: unknown;
  for (const settings of QUICK_SETTINGS) {
    try {
      return artifactsOf(compile(entries, settings, overrides));
    } catch (error) {
      if (!(error instanceof DoesNotCompile)) throw error;
      failure = error;
    }
  }
  throw failure;
}
