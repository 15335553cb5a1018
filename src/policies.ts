import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from './durable-file.ts';
import { oecdDueDiligence } from './verification/policies/oecd-due-diligence.ts';
import { countryListJson, type Policy } from './verification/policy.ts';

/**
 * The policies of this deployment. Which places are conflict-affected or high-risk changes each quarter, and is the
 * deployment's to say: `DATA_DIR/high-risk-countries.json` is a list of dated country lists. Without it, questions
 * that need one answer "not enough evidence".
 *
 * @throws Error where that file is not such a list
 */
export async function loadPolicies(dataDir: string): Promise<Policy[]> {
  const path = join(dataDir, 'high-risk-countries.json');
  const lists = z.array(countryListJson).safeParse((await readJson(path)) ?? []);
  if (lists.success) return [oecdDueDiligence(lists.data)];
  const wrong = lists.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n');
  throw new Error(`${path} is not a list of country lists:\n${wrong}`);
}
