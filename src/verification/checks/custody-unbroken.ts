import { byRoute, type CarriedLeg, type Facts, type Move } from '../facts.ts';
import {
  type CheckResult,
  days,
  type Finding,
  orNone,
  shortId,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';
import { nothingTracked } from './entries.ts';
import { notArrived } from './not-arrived.ts';

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
    summary: `${orNone(findings, 'Each lot was used where it last arrived')}.`,
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
    title: `Material that was at ${siteLabel(history, from)} was used at ${siteLabel(history, to)}`,
    detail: `${tallyFirst(lots, 'lot')} (${days(moves.map(({ before }) => before))}): no dispatch and receipt say how it got there.`,
    affected: { lots: new Set(lots) },
    sites: [from.id, to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: 'Nothing mends this lot. From now on, a dispatch and a receipt between the two sites.',
  };
}

function underWay({ history }: Facts, carried: CarriedLeg): Finding {
  return notArrived(carried, {
    title: 'A delivery has not arrived yet',
    detail: `Lot ${shortId(carried.leg.lot)} is on its way from ${siteLabel(history, carried.from)} to ${siteLabel(history, carried.to)}.`,
  });
}
