import type { CarriedLeg, Facts } from '../facts.ts';
import { type CheckResult, type Finding, orNone, siteLabel } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
import { nothingTracked } from './entries.ts';
import { onItsWay } from './not-arrived.ts';
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
  const all = say('weighed-within.all', { tolerance: { ppm: weighingTolerancePpm } });
  return {
    summary: say('weighed-within.summary', { outcome: orNone(findings, all) }),
    findings,
    relied: [],
    judged: true,
  };
}

function off(facts: Facts, legs: readonly CarriedLeg[], direction: 'less' | 'more'): Finding {
  const [{ from, to }] = legs as [CarriedLeg];
  const found = offWeightFinding(facts, legs, {
    direction,
    explained: [],
    mend: say('weighed-within.mend'),
  });
  return {
    ...found,
    answer: 'does not meet',
    title: say(`weighed-within.${direction}.title`, {
      from: siteLabel(facts.history, from),
      to: siteLabel(facts.history, to),
    }),
    detail: [say('weighed-within.off', { title: found.title }), ...found.detail],
  };
}

function notWeighed(facts: Facts, carried: CarriedLeg): Finding {
  const { leg, from, to } = carried;
  return {
    answer: 'not enough evidence',
    title: say('weighed-within.not-yet.title'),
    detail: [onItsWay(facts, carried)],
    affected: { lots: new Set([leg.lot]) },
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch],
    mend: say('weighed-within.not-yet.mend'),
  };
}
