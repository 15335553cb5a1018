import { byRoute, type CarriedLeg, type Facts, type Move } from '../facts.ts';
import { type CheckResult, days, type Finding, orNone, siteLabel, tallyFirst, unique } from '../finding.ts';
import { say } from '../wording/say.ts';
import { nothingTracked } from './entries.ts';
import { notArrived, onItsWay } from './not-arrived.ts';

/**
 * Was each lot used, and sent on, where it last was: where it was made, or where it was received? Where it is while a
 * delivery is under way, nobody can tell.
 */
export function custodyUnbroken(facts: Facts): CheckResult {
  const open = facts.legs.filter(({ leg }) => leg.receipt === null);
  const findings = [
    ...nothingTracked(facts),
    ...byRoute(facts.moves).map((moves) => elsewhere(facts, moves)),
    ...open.map((leg) => underWay(facts, leg)),
  ];
  return {
    summary: say('custody-unbroken.summary', { outcome: orNone(findings, say('custody-unbroken.all')) }),
    findings,
    relied: [],
    judged: true,
  };
}

function elsewhere({ history }: Facts, moves: readonly Move[]): Finding {
  const [{ from, to }] = moves as [Move];
  const lots = unique(moves.map(({ lot }) => lot));
  return {
    answer: 'does not meet',
    title: say('custody-unbroken.title', { from: siteLabel(history, from), to: siteLabel(history, to) }),
    detail: [
      say('custody-unbroken.detail', {
        lots: tallyFirst(lots, 'lot'),
        days: days(moves.map(({ before }) => before)),
      }),
    ],
    affected: { lots: new Set(lots) },
    sites: [from.id, to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: say('custody-unbroken.mend'),
  };
}

function underWay(facts: Facts, carried: CarriedLeg): Finding {
  return notArrived(carried, {
    title: say('not-arrived.title'),
    detail: [onItsWay(facts, carried)],
  });
}
