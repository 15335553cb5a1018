import { expect, test } from 'vitest';
import { runSuites, suitesIn } from '../../../scripts/solidity/runner.ts';
import { compileProgram, programOf } from './program.ts';

const PROGRAM = programOf(`
contract Helper {}
contract Good { function test_good() public pure {} }
contract Bad { function test_good() public pure {} function test_bad() public pure { revert("no"); } }
contract Endless { function test_endless() public pure { while (true) {} } }
`);

test('a suite says which of its tests fail, and a test that never ends fails', async () => {
  const artifacts = compileProgram(PROGRAM);
  const suites = suitesIn(artifacts);
  const results = await runSuites(artifacts, suites, { fuzzRuns: 1, gasLimit: 1_000_000n });
  const failures = Object.fromEntries(
    results.map((each) => [each.suite, each.failures.map(({ test }) => test)]),
  );
  expect(failures).toEqual({ Good: [], Bad: ['test_bad()'], Endless: ['test_endless()'] });
});
