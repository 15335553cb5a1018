import { byRoute, type CarriedLeg, type Facts, isTold } from '../facts.ts';
import { count, type Finding, lotLabel, siteLabel, unique } from '../finding.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { massOf } from './entries.ts';

/** Legs on which lots arrived lighter or heavier than they left, beyond the tolerance, by route. */
export function offWeight(
  facts: Facts,
  direction: 'less' | 'more',
  tolerancePpm: number,
): readonly (readonly CarriedLeg[])[] {
  return byRoute(
    facts.legs.filter((leg) => {
      const { sent, weighed } = weightsOf(leg);
      const off = direction === 'less' ? sent - weighed : weighed - sent;
      return off * 1_000_000n > sent * BigInt(tolerancePpm);
    }),
  );
}

/** Information on the legs of one route that `offWeight` found. `explained` follows the facts; may be empty. */
export function offWeightFinding(
  facts: Facts,
  legs: readonly CarriedLeg[],
  { direction, explained, mend }: { direction: 'less' | 'more'; explained: readonly Phrase[]; mend: Phrase },
): Finding {
  const [{ from, to }] = legs as [CarriedLeg];
  const weights = legs.map(weightsOf);
  const sent = weights.reduce((sum, one) => sum + one.sent, 0n);
  const weighed = weights.reduce((sum, one) => sum + one.weighed, 0n);
  const off = direction === 'less' ? sent - weighed : weighed - sent;
  return {
    answer: 'not judged',
    title: say(`off-weight.${direction}`, { mass: massOf(off) }),
    detail: [
      say('off-weight.detail', {
        ...{ what: whatWasOff(legs), from: siteLabel(facts.history, from), sent: massOf(sent) },
        ...{ weighed: massOf(weighed), to: siteLabel(facts.history, to) },
      }),
      ...explained,
    ],
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: [from.id, to.id],
    parties: unique(legs.flatMap(({ leg }) => [leg.consignor, leg.consignee])),
    statements: unique(legs.flatMap(({ leg }) => [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])])),
    mend,
  };
}

function whatWasOff(legs: readonly CarriedLeg[]): Phrase {
  const [{ leg: first }] = legs as [CarriedLeg];
  if (!legs.every(({ leg }) => isTold(leg.lot))) return say('off-weight.worst');
  if (legs.length === 1) return lotLabel(first.lot);
  return say('off-weight.together', { deliveries: count(legs.length, 'delivery') });
}

function weightsOf({ leg, sent }: CarriedLeg): { sent: bigint; weighed: bigint } {
  return { sent, weighed: leg.receipt?.weighed ?? sent };
}
