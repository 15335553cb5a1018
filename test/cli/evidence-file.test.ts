import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEvidence } from '../../src/cli/evidence-file.ts';
import { disclosed, evidenceRoot } from '../../src/protocol/evidence.ts';
import { ZERO_BYTES32 } from '../../src/protocol/hex.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-evidence-'));
  file = join(folder, 'site.json');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('fields get salts that are kept beside the file, and hidden ones leave as hashes alone', async () => {
  await writeFile(file, '{"name": "Pit", "coordinates": {"latitude": 1, "longitude": 2}}');
  const { root, documents, saved } = await readEvidence(file, ['coordinates']);
  const kept = JSON.parse(await readFile(join(folder, 'site.salted.json'), 'utf8'));
  expect(saved).toBe(join(folder, 'site.salted.json'));
  expect((await stat(saved ?? '')).mode & 0o777).toBe(0o600);
  expect(evidenceRoot(kept)).toBe(root);
  expect(documents.map(evidenceRoot)).toEqual([root]);
  expect(documents.flatMap(disclosed).map(({ path }) => path)).toEqual(['name']);
});

test('the same fields have the same root again; a changed value gets a new salt', async () => {
  await writeFile(file, '{"a": 1, "b": 2}');
  const first = await readEvidence(file, []);
  expect((await readEvidence(file, ['a'])).root).toBe(first.root);
  await writeFile(file, '{"a": 1, "b": 3}');
  const [a, b] = [
    disclosed(first.documents[0] ?? { fields: [] }),
    disclosed((await readEvidence(file, [])).documents[0] ?? { fields: [] }),
  ];
  expect(b[0]).toEqual(a[0]);
  expect(b[1]?.salt).not.toBe(a[1]?.salt);
});

test('no file, no evidence', async () => {
  expect(await readEvidence(undefined, [])).toEqual({ root: ZERO_BYTES32, documents: [], saved: null });
});

test.each([
  ['{"a": 1}', ['b'], 'has no field "b" to hide: it has a'],
  ['[1]', [], 'holds no evidence'],
  ['{}', [], 'holds no evidence'],
  ['{', [], 'is not JSON'],
  [null, [], 'cannot be read (ENOENT)'],
])('%s hiding %j: %s', async (text, hidden, message) => {
  if (text !== null) await writeFile(file, text);
  await expect(readEvidence(file, hidden)).rejects.toThrow(message);
});
