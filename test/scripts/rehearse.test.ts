import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../scripts/build.ts';
import { rehearseFolder } from '../../scripts/rehearse/folder.ts';
import { Differs, requireSame } from '../../scripts/rehearse/steps.ts';

const LONG = 180_000;

beforeAll(() => ensureBuilt(() => undefined), LONG);

test('a folder that is lost and put back has every row, and records what waited', {
  timeout: LONG,
}, async () => {
  const lines: string[] = [];
  await rehearseFolder({ story: false, say: (line) => lines.push(line) });
  expect(lines.at(-1)).toMatch(/every row is the same before and after: .*outbox 3.*evidence 2/);
});

test('a rehearsal fails where something differs, and says what', () => {
  requireSame('rows', { lot: 1 }, { lot: 1 });
  expect(() => requireSame('rows', { lot: 1 }, { lot: 2 })).toThrow(Differs);
  expect(() => requireSame('rows', 1, 2)).toThrow('rows: expected 1, got 2');
});
