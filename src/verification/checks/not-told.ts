import type { CheckResult } from '../finding.ts';
import type { Parameters } from '../policy.ts';

/** A question that the standard asks and the ledger's data cannot answer: said, and not counted either way. */
export function notTold({ why }: Parameters<'not-told'>): CheckResult {
  return { summary: { policy: why }, findings: [], relied: [], judged: false };
}
