import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Outcome } from '../../../scripts/mutate/bench.ts';
import { OutcomeCache, type TestDigests } from '../../../scripts/mutate/cache.ts';

const KILLED: Outcome = { kind: 'killed', file: 'A.t.sol', suite: 'A', test: 'test_a()', reason: '' };

async function newPath(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mutation-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'cache', 'mutation.jsonl');
}

const digests = (files: Record<string, string>): TestDigests => ({
  of: (file) => files[file],
  all: Object.values(files).join(),
});

test('a kill is forgotten with the file that killed, a survival with any', async () => {
  const path = await newPath();
  const first = new OutcomeCache(path, digests({ 'A.t.sol': '1', 'B.t.sol': '1' }));
  first.set('killed', KILLED);
  first.set('survived', { kind: 'survived' });
  const again = new OutcomeCache(path, digests({ 'A.t.sol': '1', 'B.t.sol': '1' }));
  expect([again.get('killed'), again.get('survived')]).toEqual([KILLED, { kind: 'survived' }]);
  const other = new OutcomeCache(path, digests({ 'A.t.sol': '1', 'B.t.sol': '2' }));
  expect([other.get('killed'), other.get('survived')]).toEqual([KILLED, undefined]);
  const changed = new OutcomeCache(path, digests({ 'A.t.sol': '2', 'B.t.sol': '1' }));
  expect(changed.get('killed')).toBeUndefined();
  expect(new OutcomeCache(path, digests({ 'B.t.sol': '1' })).get('killed')).toBeUndefined();
});

test('an entry that was cut short is not there, those before it are', async () => {
  const path = await newPath();
  const tests = digests({ 'A.t.sol': '1' });
  new OutcomeCache(path, tests).set('whole', KILLED);
  await appendFile(path, '{"key":"cut","tests":"1","outc');
  const cache = new OutcomeCache(path, tests);
  expect([cache.get('whole'), cache.get('cut')]).toEqual([KILLED, undefined]);
});

test('what is not kept is forgotten', async () => {
  const path = await newPath();
  const tests = digests({ 'A.t.sol': '1' });
  const cache = new OutcomeCache(path, tests);
  cache.set('a', KILLED);
  cache.set('b', KILLED);
  cache.keep(new Set(['b']));
  const again = new OutcomeCache(path, tests);
  expect([again.get('a'), again.get('b')]).toEqual([undefined, KILLED]);
});
