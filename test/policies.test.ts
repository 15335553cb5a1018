import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadPolicies, readPolicy } from '../src/policies.ts';
import { policyOf, ruleOf } from './verification/rules.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-policies-'));
  await mkdir(join(folder, 'policies'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
const ours = policyOf(ruleOf('recorded-within', { seconds: 60 }));

describe('a deployment’s policies', () => {
  test('are those that ship, and then its own by file name', async () => {
    await put('policies/b.json', { ...ours, id: 'ours-b' });
    await put('policies/a.json', { ...ours, id: 'ours-a' });
    await put('policies/notes.txt', 'no policy');
    const ids = (await loadPolicies(folder)).map(({ id }) => id);
    expect(ids[0]).toBe('oecd-due-diligence');
    expect(ids.slice(-2)).toEqual(['ours-a', 'ours-b']);
    expect((await loadPolicies(join(folder, 'none'))).map(({ id }) => id)).toEqual(ids.slice(0, -2));
  });

  test('cannot have the id of another', async () => {
    await put('policies/a.json', { ...ours, id: 'us-feoc' });
    await expect(loadPolicies(folder)).rejects.toThrow(
      /a\.json has the id "us-feoc", which another policy has/,
    );
  });

  test('know the countries that the deployment holds for high-risk', async () => {
    const list = { id: 'x', title: 'x', source: 'x', validFrom: 0, validUntil: null, countries: [466] };
    await put('high-risk-countries.json', [list]);
    for (const id of ['oecd-due-diligence', 'eu-conflict-minerals', 'eu-batteries-due-diligence'])
      expect((await loadPolicies(folder)).find((policy) => policy.id === id)?.countries.highRisk).toEqual([
        list,
      ]);
    await put('high-risk-countries.json', [{ ...list, countries: [0] }]);
    await expect(loadPolicies(folder)).rejects.toThrow(/not a list of country lists:\n {2}0\.countries\.0: /);
  });
});

describe('a file that is no policy', () => {
  const wrong = async (value: unknown) => {
    await put('wrong.json', value);
    return readPolicy(join(folder, 'wrong.json')).catch((error: Error) => error.message);
  };

  test('is told where it is wrong, by path', async () => {
    const rule = ruleOf('recorded-within', { seconds: -1 });
    expect(await wrong({ ...ours, rules: [rule] })).toMatch(/ {2}rules\.0\.parameters\.seconds: /);
    expect(await wrong({ ...ours, rules: [{ ...rule, check: 'no-such-check' }] })).toMatch(
      / {2}rules\.0\.check: /,
    );
    expect(await wrong({ ...ours, materials: ['cobalt'], more: 1 })).toMatch(
      / {2}materials\.0: [\s\S]* {2}\(the whole\): .*"more"/,
    );
  });

  test('nor may two rules have one id, or one end before it begins', async () => {
    const [rule] = ours.rules;
    const ends = { ...rule, id: 'other', validFrom: 5, validUntil: 5 };
    expect(await wrong({ ...ours, rules: [rule, rule, ends] })).toMatch(
      / {2}rules\.1\.id: Rule 0 is "recorded-within" already\n {2}rules\.2\.validUntil: Expected a time after validFrom/,
    );
  });

  test('is told from one that is not there, and from what is not JSON', async () => {
    await expect(readPolicy(join(folder, 'none.json'))).rejects.toThrow(/There is no file/);
    expect(await wrong('{')).toMatch(/is not JSON/);
  });
});
