import type { CarriedLeg, Facts } from '../facts.ts';
import { day, type Finding, shortId, siteLabel } from '../finding.ts';

/** A delivery that nobody has received, refused or recalled yet, in the words of the rule that asks for its end. */
export function notArrived({ leg, from, to }: CarriedLeg, words: Pick<Finding, 'title' | 'detail'>): Finding {
  return {
    ...words,
    answer: 'not enough evidence',
    affected: { lots: new Set([leg.lot]) },
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch],
    mend: 'The consignee signs a receipt, or the consignor recalls the lot.',
  };
}

/** When such a delivery left, and that its end is open. */
export function leftOpen({ history }: Facts, { leg, from, to }: CarriedLeg): string {
  return `Lot ${shortId(leg.lot)} left ${siteLabel(history, from)} for ${siteLabel(history, to)} on ${day(leg.occurredAt)}, and nobody has received, refused or recalled it yet.`;
}
