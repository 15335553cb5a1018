import { type Facts, riskOf, type SiteUse } from '../facts.ts';
import { type CheckResult, count, orNone } from '../finding.ts';
import { inForce, type Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
import { judgeSites } from './sites.ts';

/**
 * Red flag: recycled, it is said, yet collected, recycled or refined in a country that is high-risk or through which
 * high-risk material is known to transit. An accepted attestation on that site answers it.
 */
export function recycledInHighRiskAnswered(
  facts: Facts,
  { schemes }: Parameters<'recycled-in-high-risk-answered'>,
): CheckResult {
  const uses = facts.uses
    .map((use) => ({ ...use, materials: use.recycled }))
    .filter((use) => mayHide(use) && isSuspect(facts, use));
  const { findings, relied, sites } = judgeSites(facts, uses, schemes, {
    attested: 'audit',
    because: ({ facility: { country } }) => say('recycled-in-high-risk.because', { country: { country } }),
  });
  const summary =
    sites === 0
      ? say('recycled-in-high-risk.none')
      : say('recycled-in-high-risk.summary', {
          sites: count(sites, 'site'),
          outcome: orNone(findings, say('recycled-in-high-risk.all')),
        });
  return { summary, findings, relied, judged: true };
}

function mayHide({ facility, chokePoint }: SiteUse): boolean {
  return facility.kind === 'recycler' || chokePoint;
}

function isSuspect(facts: Facts, { facility, production }: SiteUse): boolean {
  const time = production.occurredAt;
  const transit = facts.policy.countries.transitLevel.filter((list) => inForce(list, time));
  return (
    riskOf(facts.policy, facility.country, time) === 'high' ||
    transit.some((list) => list.countries.includes(facility.country))
  );
}
