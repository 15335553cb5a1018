import type { Hex } from '../../protocol/hex.ts';
import { partySubject } from '../../protocol/hex.ts';
import { type Facts, perMaterial, riskOf, type SiteUse } from '../facts.ts';
import {
  type CheckResult,
  count,
  days,
  type Finding,
  orNone,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { idsOf, reliedOn, type Standing } from '../standing.ts';
import { say } from '../wording/say.ts';
import { answerOn } from './answering.ts';

/**
 * Red flag: a supplier that also operates in a covered or high-risk country, as far as this lot's own history shows
 * such a site. An accepted attestation on the supplier, or on the site that it used, answers it.
 */
export function highRiskSuppliersAnswered(
  facts: Facts,
  { schemes }: Parameters<'high-risk-suppliers-answered'>,
): CheckResult {
  const there = operatorsThere(facts);
  const uses = perMaterial(facts.uses).filter(
    (use) => there.has(use.production.custodian) && !isHigh(facts, use),
  );
  const judged = uses.map((use) => {
    const subjects = [use.facility.id, partySubject(use.production.custodian)];
    const at = { time: use.production.occurredAt, materials: use.materials };
    return { use, standing: answerOn(facts, subjects, schemes, at) };
  });
  const open = judged.filter(({ standing }) => standing.answer !== 'meets');
  const groups = Map.groupBy(open, ({ use, standing }) => `${use.facility.id} ${standing.answer}`);
  const findings = [...groups.values()].map((group) => finding(facts, group));
  const suppliers = new Set(uses.map((use) => use.production.custodian)).size;
  return {
    summary:
      suppliers === 0
        ? say('suppliers.none')
        : say('suppliers.summary', {
            suppliers: count(suppliers, 'supplier'),
            outcome: orNone(findings, say('suppliers.all')),
          }),
    findings,
    relied: reliedOn(judged.map(({ standing }) => standing)),
    judged: true,
  };
}

function operatorsThere(facts: Facts): Set<Hex> {
  const times = facts.legs.flatMap(({ from, to, leg }) =>
    [from, to].map((site) => ({ site, time: leg.occurredAt })),
  );
  const used = facts.uses.map(({ facility, production }) => ({
    site: facility,
    time: production.occurredAt,
  }));
  const high = [...used, ...times].filter(
    ({ site, time }) => riskOf(facts.policy, site.country, time) === 'high',
  );
  return new Set(high.map(({ site }) => site.operator));
}

function isHigh(facts: Facts, { facility, production }: SiteUse): boolean {
  return riskOf(facts.policy, facility.country, production.occurredAt) === 'high';
}

function finding(facts: Facts, group: readonly { use: SiteUse; standing: Standing }[]): Finding {
  const uses = group.map(({ use }) => use);
  const [first] = uses as [SiteUse];
  const breach = group.some(({ standing }) => standing.answer === 'does not meet');
  const when = days(uses.map(({ production }) => production.occurredAt));
  const made = unique(uses.map(({ production }) => production.id));
  return {
    answer: breach ? 'does not meet' : 'not enough evidence',
    title: say('suppliers.title', { site: siteLabel(facts.history, first.facility) }),
    detail: [say('suppliers.detail', { productions: tallyFirst(made, 'production'), days: when })],
    affected: { productions: new Set(made) },
    materials: unique(uses.flatMap(({ materials }) => materials)),
    sites: [first.facility.id],
    parties: [first.production.custodian],
    statements: [
      ...idsOf(breach ? unique(group.flatMap(({ standing }) => standing.attestations)) : []),
      ...made,
    ],
    mend: say('suppliers.mend', { days: when }),
  };
}
