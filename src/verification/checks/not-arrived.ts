import type { CarriedLeg, Facts } from '../facts.ts';
import { type Finding, lotLabel, siteLabel } from '../finding.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';

/** A delivery that nobody has received, refused or recalled yet, in the words of the rule that asks for its end. */
export function notArrived({ leg, from, to }: CarriedLeg, words: Pick<Finding, 'title' | 'detail'>): Finding {
  return {
    ...words,
    answer: 'not enough evidence',
    affected: { lots: new Set([leg.lot]) },
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch],
    mend: say('mend.receipt'),
  };
}

/** When such a delivery left, and that its end is open. */
export function leftOpen({ history }: Facts, { leg, from, to }: CarriedLeg): Phrase {
  return say('not-arrived.left', {
    ...{ lot: lotLabel(leg.lot), from: siteLabel(history, from), to: siteLabel(history, to) },
    day: { day: leg.occurredAt },
  });
}

/** That it is on its way, and between which sites. */
export function onItsWay({ history }: Facts, { leg, from, to }: CarriedLeg): Phrase {
  return say('not-arrived.on-its-way', {
    ...{ lot: lotLabel(leg.lot), from: siteLabel(history, from), to: siteLabel(history, to) },
  });
}
