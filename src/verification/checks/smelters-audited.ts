import { type Facts, isChokePoint } from '../facts.ts';
import { type CheckResult, count } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { judgeSites } from './sites.ts';

/** Was every smelter or refiner that the material passed audited under an accepted scheme, each time? */
export function smeltersAudited(facts: Facts, { schemes }: Parameters<'smelters-audited'>): CheckResult {
  const uses = facts.uses.filter((use) => isChokePoint(use.facility, use.production));
  const { findings, relied, sites } = judgeSites(facts, uses, schemes, {
    attested: 'audit',
    because: () => '',
  });
  const summary =
    sites === 0
      ? 'The material has not passed a smelter or refiner yet.'
      : `The material passed ${count(sites, 'smelter or refiner site')}; ${count(findings.length, 'finding')}.`;
  return { summary, findings, relied, judged: true };
}
