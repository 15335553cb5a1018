import { expect, test } from 'vitest';
import { branchLibrary, markBranches } from '../../../scripts/coverage/branches.ts';
import { reportOf } from '../../../scripts/coverage/report.ts';
import { runSuites, suitesIn } from '../../../scripts/solidity/runner.ts';
import { compileProgram, PROGRAM, parseProgram, programOf } from '../solidity/program.ts';

/** Runs `test_it` with `body`, and says which way of which condition was not taken. */
async function missing(body: string): Promise<string[]> {
  const text = programOf(
    `contract C {\nfunction test_it() public pure {\n${body}\n}\nfunction f(uint256 a, bool c) internal pure returns (uint256 r) {\nr = a > 2 && c ? 1 : 0;\nif (a == 1) { r = 2; }\nfor (uint256 i; i < a; ++i) r += i;\nassembly { if lt(a, 2) { mstore(0, 1) } }\n}\n}`,
  );
  const marked = markBranches(PROGRAM, text, parseProgram(text));
  expect(marked.text.split('\n')).toHaveLength(text.split('\n').length);
  const artifacts = compileProgram(marked.text, new Map([[branchLibrary.path, branchLibrary.text]]));
  const marks = new Set<string>();
  const results = await runSuites(artifacts, suitesIn(artifacts), {
    fuzzRuns: 1,
    onHits: (hits) => {
      for (const hit of hits) marks.add(`0x${Buffer.from(hit).toString('hex')}`);
    },
  });
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  const file = { path: PROGRAM, statements: [], branches: marked.branches };
  return reportOf([file], marks).missing.map((each) => each.replace(`${PROGRAM}:`, ''));
}

test('all ways are taken', async () => {
  expect(await missing('f(0, true); f(1, true); f(3, true); f(3, false);')).toEqual([]);
});

test('what was not taken is named', async () => {
  expect(await missing('f(1, true);')).toEqual([
    '8 is never true: a > 2 && c',
    '8 is never true: a > 2',
    '9 is never false: a == 1',
    '11 is never false: lt(a, 2)',
  ]);
  expect(await missing('f(0, true);')).toEqual([
    '8 is never true: a > 2 && c',
    '8 is never true: a > 2',
    '9 is never true: a == 1',
    '10 is never true: i < a',
    '11 is never false: lt(a, 2)',
  ]);
});

test('marks change nothing: the program returns what it did', async () => {
  expect(
    await missing(
      'f(0, true); f(1, true); f(3, true); f(3, false); assert(f(1, true) == 2); assert(f(3, true) == 4); assert(f(3, false) == 3);',
    ),
  ).toEqual([]);
});
