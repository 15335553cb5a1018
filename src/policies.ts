import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './durable-file.ts';
import { shippedPolicies } from './verification/policies/shipped.ts';
import { countryListJson, type Policy, policyJson } from './verification/policy.ts';

/** A file is not what it should be: each place in it that is wrong, and why. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}

/**
 * The policies of this deployment: those that ship, then its own, `DATA_DIR/policies/*.json`, by file name. Which places are
 * conflict-affected or high-risk changes each quarter, and is the deployment's to say: `DATA_DIR/high-risk-countries.json`
 * is a list of dated country lists. Without it, questions that need one answer "not enough evidence".
 *
 * @throws PolicyFileError where one of these files is not such a list, or no policy, or has the id of another one
 */
export async function loadPolicies(dataDir: string): Promise<Policy[]> {
  const path = join(dataDir, 'high-risk-countries.json');
  const lists = parsed(
    z.array(countryListJson),
    (await contentOf(path)) ?? [],
    `${path} is not a list of country lists`,
  );
  const policies = shippedPolicies(lists);
  for (const own of await policyFilesIn(join(dataDir, 'policies'))) {
    const policy = await readPolicy(own);
    if (policies.some(({ id }) => id === policy.id))
      throw new PolicyFileError(
        `${own} has the id "${policy.id}", which another policy has: choose another one.`,
      );
    policies.push(policy);
  }
  return policies;
}

/**
 * A policy from a JSON file, of the form that docs/policy.schema.json describes.
 *
 * @throws PolicyFileError where there is none, naming each wrong place by its path
 */
export async function readPolicy(path: string): Promise<Policy> {
  const content = await contentOf(path);
  if (content === null) throw new PolicyFileError(`There is no file ${path}.`);
  return parsed(policyJson, content, `${path} is not a policy`);
}

async function policyFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

async function contentOf(path: string): Promise<unknown> {
  try {
    return await readJson(path);
  } catch (error) {
    if (error instanceof SyntaxError) throw new PolicyFileError(`${path} is not JSON: ${error.message}`);
    throw error;
  }
}

function parsed<Value>(schema: z.ZodType<Value>, value: unknown, complaint: string): Value {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(
    ({ path, message }) => `  ${path.join('.') || '(the whole)'}: ${message}`,
  );
  throw new PolicyFileError(`${complaint}:\n${wrong.join('\n')}`);
}
