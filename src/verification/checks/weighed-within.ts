import type { CarriedLeg, Facts } from '../facts.ts';
import { type CheckResult, type Finding, orNone, shortId, siteLabel } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { nothingTracked, percent } from './entries.ts';
import { offWeight, offWeightFinding } from './weights.ts';

/**
 * Did what arrived weigh what was sent, within the tolerance? A delivery that was not weighed counts as it was sent; one
 * that is under way can still turn out either way.
 */
export function weighedWithin(
  facts: Facts,
  { weighingTolerancePpm }: Parameters<'weighed-within'>,
): CheckResult {
  const findings = [
    ...nothingTracked(facts),
    ...offWeight(facts, 'less', weighingTolerancePpm).map((legs) => off(facts, legs, 'less')),
    ...offWeight(facts, 'more', weighingTolerancePpm).map((legs) => off(facts, legs, 'more')),
    ...facts.legs.filter(({ leg }) => leg.receipt === null).map((leg) => notWeighed(facts, leg)),
  ];
  const tolerance = percent(weighingTolerancePpm);
  return {
    summary: `${orNone(findings, `Nothing arrived more than ${tolerance} lighter or heavier than it was sent`)}.`,
    findings,
    relied: [],
    judged: true,
  };
}

function off(facts: Facts, legs: readonly CarriedLeg[], direction: 'less' | 'more'): Finding {
  const [{ from, to }] = legs as [CarriedLeg];
  const found = offWeightFinding(facts, legs, {
    direction,
    explained: '',
    mend: 'Nothing mends this lot: the weights are signed. Both parties find out why, and book what is short with a production "reweigh".',
  });
  const route = `from ${siteLabel(facts.history, from)} to ${siteLabel(facts.history, to)}`;
  const than = direction === 'less' ? 'lighter' : 'heavier';
  return {
    ...found,
    answer: 'does not meet',
    title: `Deliveries ${route} arrived ${than} than they were sent`,
    detail: `${found.title}. ${found.detail}`,
  };
}

function notWeighed({ history }: Facts, { leg, from, to }: CarriedLeg): Finding {
  return {
    answer: 'not enough evidence',
    title: 'What arrives is not weighed yet',
    detail: `Lot ${shortId(leg.lot)} is on its way from ${siteLabel(history, from)} to ${siteLabel(history, to)}.`,
    affected: { lots: new Set([leg.lot]) },
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch],
    mend: 'The consignee signs a receipt, with the weight.',
  };
}
