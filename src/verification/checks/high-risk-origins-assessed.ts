import { type Facts, riskOf, type SiteUse } from '../facts.ts';
import { type CheckResult, commas, count, type Finding, orNone } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
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
  const attested = 'site-assessment';
  const high = judgeSites(facts, withRisk('high'), schemes, {
    attested,
    because: ({ facility: { country } }) => say('high-risk-origins.listed', { country: { country } }),
  });
  const unknown = judgeSites(facts, withRisk('unknown'), schemes, {
    attested,
    because: ({ facility: { country } }) => say('high-risk-origins.no-list', { country: { country } }),
  });
  const findings = [...high.findings, ...unknown.findings.map(asUnknown)];
  const mines = [
    ...(high.sites > 0 ? [say('high-risk-origins.high', { mines: count(high.sites, 'mine') })] : []),
    ...(unknown.sites > 0 ? [say('high-risk-origins.unknown', { mines: count(unknown.sites, 'mine') })] : []),
  ];
  return {
    summary:
      mines.length === 0
        ? say('high-risk-origins.none')
        : say('high-risk-origins.summary', {
            mines: commas(mines),
            outcome: orNone(findings, say('high-risk-origins.all')),
          }),
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
    mend: say('high-risk-origins.mend', { otherwise: finding.mend }),
  };
}
