import type { Hex } from '../../protocol/hex.ts';
import { byRoute, type CarriedLeg, type Facts } from '../facts.ts';
import { type CheckResult, count, type Finding, tallyFirst, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
import { offWeight, offWeightFinding } from './weights.ts';

/**
 * What a person should look at: statements recorded long after what they state, and lots heavier on arrival than when
 * sent. None of it proves anything, so it informs and does not count; an auditor who suspects more raises an alert.
 */
export function anomalies(
  facts: Facts,
  { recordedLateAfter, weighingTolerancePpm }: Parameters<'anomalies'>,
): CheckResult {
  const late = (one: Recorded) => delay(one) > recordedLateAfter;
  const lateUses = facts.uses.filter(({ production }) => late(production));
  const lateLegs = facts.legs.filter(({ leg }) => late(leg) || (leg.receipt !== null && late(leg.receipt)));
  const findings = [
    ...(lateUses.length > 0 ? [recordedLate(lateUses)] : []),
    ...(lateLegs.length > 0 ? [reportedLate(lateLegs)] : []),
    ...offWeight(facts, 'more', weighingTolerancePpm).map((legs) =>
      offWeightFinding(facts, legs, {
        direction: 'more',
        explained: [],
        mend: say('anomalies.more.mend'),
      }),
    ),
  ];
  return {
    summary:
      findings.length === 0
        ? say('anomalies.none')
        : say('anomalies.summary', { anomalies: count(findings.length, 'anomaly') }),
    findings,
    relied: [],
    judged: true,
  };
}

const LATE = say('anomalies.late.mend');

function recordedLate(uses: Facts['uses']): Finding {
  const statements = uses.map(({ production }) => production.id);
  const sites = unique(uses.map(({ facility }) => facility.id));
  const worst = uses.reduce((a, b) => (delay(b.production) > delay(a.production) ? b : a)).production;
  return {
    answer: 'not judged',
    title: say('anomalies.work.title', { sites: count(sites.length, 'site') }),
    detail: [
      say('anomalies.work.detail', {
        productions: tallyFirst(statements, 'production'),
        ...howLate(worst),
      }),
    ],
    affected: { productions: new Set(statements) },
    sites,
    parties: unique(uses.map(({ production }) => production.custodian)),
    statements,
    mend: LATE,
  };
}

function reportedLate(legs: readonly CarriedLeg[]): Finding {
  const worst = legs
    .flatMap(({ leg }) => [leg, leg.receipt ?? leg])
    .reduce((a, b) => (delay(b) > delay(a) ? b : a));
  return {
    answer: 'not judged',
    title: say('anomalies.deliveries.title', { routes: count(byRoute(legs).length, 'route') }),
    detail: [
      say('anomalies.deliveries.detail', {
        legs: tallyFirst(
          legs.map(({ leg }) => leg.dispatch),
          'leg',
        ),
        ...howLate(worst),
      }),
    ],
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: unique(legs.flatMap(({ from, to }) => [from.id, to.id])),
    parties: unique(legs.flatMap(({ leg }) => [leg.consignor, leg.consignee])),
    statements: unique(
      legs.flatMap(({ leg }): Hex[] => [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])]),
    ),
    mend: LATE,
  };
}

type Recorded = { readonly occurredAt: number; readonly recordedAt: number };

function howLate(worst: Recorded) {
  const late = count(Math.floor(delay(worst) / 86_400), 'day');
  return { day: { day: worst.occurredAt }, recorded: { day: worst.recordedAt }, late };
}

function delay({ occurredAt, recordedAt }: Recorded): number {
  return recordedAt - occurredAt;
}
