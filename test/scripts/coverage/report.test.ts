import { expect, test } from 'vitest';
import { reportOf } from '../../../scripts/coverage/report.ts';

const file = {
  path: 'contracts/A.sol',
  statements: [
    { line: 3, mark: 'a' },
    { line: 3, mark: 'b' },
    { line: 4, mark: 'c' },
  ],
  branches: [{ line: 3, condition: 'x >\n 1', yes: 'y', no: 'n' }],
};

test('a line is run if all statements on it are; the table and the names say the same', () => {
  const { table, missing } = reportOf([file], new Set(['a', 'c', 'y']));
  expect(missing).toEqual(['contracts/A.sol:3 is never run', 'contracts/A.sol:3 is never false: x > 1']);
  expect(table.at(-1)).toMatch(/^All\s+1\/2\s+50.0 %\s+1\/2\s+50.0 %$/);
});

test('nothing is missing where all was run', () => {
  const { table, missing } = reportOf([file], new Set(['a', 'b', 'c', 'y', 'n']));
  expect(missing).toEqual([]);
  expect(table.at(-1)).toMatch(/^All\s+2\/2\s+100.0 %\s+2\/2\s+100.0 %$/);
});

test('99.96 % is not 100', () => {
  const statements = Array.from({ length: 2500 }, (_, line) => ({ line, mark: `${line}` }));
  const marks = new Set(statements.slice(1).map(({ mark }) => mark));
  expect(reportOf([{ ...file, statements, branches: [] }], marks).table.at(-1)).toContain('99.9 %');
});
