import { type Facts, riskOf, type SiteUse } from '../facts.ts';
import { type CheckResult, count, countryName, type Finding, orNone } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { judgeSites } from './sites.ts';

/**
 * Was every mine in a covered or high-risk country assessed under an accepted scheme when it extracted this material?
 * Where no list can tell whether a country is high-risk, an assessment answers all the same; without one, and without
 * a list, there is not enough evidence.
 */
export function highRiskOriginsAssessed(
  facts: Facts,
  { schemes }: Parameters<'high-risk-origins-assessed'>,
): CheckResult {
  const mined = facts.uses.filter((use) => use.production.process === 'extract');
  const withRisk = (risk: string) => mined.filter((use) => riskAt(facts, use) === risk);
  const attested = 'site assessment';
  const high = judgeSites(facts, withRisk('high'), schemes, {
    attested,
    because: (use) =>
      `${countryName(use.facility.country)} is on the policy's lists of covered or high-risk countries.`,
  });
  const unknown = judgeSites(facts, withRisk('unknown'), schemes, {
    attested,
    because: (use) =>
      `No list of high-risk areas in force then is loaded that could say whether ${countryName(use.facility.country)} is one.`,
  });
  const findings = [...high.findings, ...unknown.findings.map(asUnknown)];
  const mines = [
    ...(high.sites > 0 ? [`${count(high.sites, 'mine')} in covered or high-risk countries`] : []),
    ...(unknown.sites > 0 ? [`${count(unknown.sites, 'mine')} where no list could tell`] : []),
  ];
  return {
    summary:
      mines.length === 0
        ? 'No mine in covered or high-risk countries.'
        : `${mines.join(', ')}; ${orNone(findings, 'all assessed')}.`,
    findings,
    relied: [...high.relied, ...unknown.relied],
    judged: true,
  };
}

function riskAt(facts: Facts, { facility, production }: SiteUse) {
  return riskOf(facts.policy, facility.country, production.occurredAt);
}

/** Whether the question arises at all is not known: so nothing more than that is missing. */
function asUnknown(finding: Finding): Finding {
  return {
    ...finding,
    answer: 'not enough evidence',
    mend: `A list of conflict-affected and high-risk areas that was in force then, loaded by whoever runs this deployment; or: ${finding.mend}`,
  };
}
