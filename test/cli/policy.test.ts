import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { policyHash, policyJson } from '../../src/verification/policy.ts';
import { commandLine } from '../support/cli.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-policy-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const cli = (...args: string[]) => commandLine('http://127.0.0.1:9', folder).cli(...args);

/** The one in docs/policies.md. */
async function example(): Promise<Record<string, unknown>> {
  const docs = await readFile(`${import.meta.dirname}/../../docs/policies.md`, 'utf8');
  return JSON.parse(docs.split('```json')[1]?.split('```')[0] ?? '');
}

test('the policy in the documentation is one, and is told with its rules and hash', async () => {
  const policy = await example();
  const path = join(folder, 'ours.json');
  await writeFile(path, JSON.stringify(policy));
  const told = await cli('policy', path);
  expect(told.code).toBe(0);
  expect(told.out).toMatch(/What we buy \(our-cobalt, version 1\): 2 rules, of which 1 indicator/);
  expect(told.out).toContain(`Hash ${policyHash(policyJson.parse(policy))}`);
});

test('a file that is none is told where it is wrong', async () => {
  const path = join(folder, 'wrong.json');
  await writeFile(path, JSON.stringify({ ...(await example()), materials: 27 }));
  const told = await cli('policy', path);
  expect([told.code, told.err]).toEqual([
    1,
    expect.stringMatching(/wrong\.json is not a policy:\n {2}materials: /),
  ]);
  expect(await cli('policy', join(folder, 'none.json'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no file'),
  });
});
