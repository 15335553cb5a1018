import type { Hex } from '../../protocol/hex.ts';
import { byRoute, type CarriedLeg, type Facts } from '../facts.ts';
import { type CheckResult, count, day, type Finding, tallyFirst, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { offWeight, offWeightFinding } from './weights.ts';

/**
 * What a person should look at: statements recorded long after what they state, and lots heavier on arrival than when
 * sent. None of it proves anything, so it informs and does not count; an auditor who suspects more raises an alert.
 */
export function anomalies(
  facts: Facts,
  { recordedLateAfter, weighingTolerancePpm }: Parameters<'anomalies'>,
): CheckResult {
  const late = (one: { occurredAt: number; recordedAt: number }) =>
    one.recordedAt - one.occurredAt > recordedLateAfter;
  const lateUses = facts.uses.filter(({ production }) => late(production));
  const lateLegs = facts.legs.filter(({ leg }) => late(leg) || (leg.receipt !== null && late(leg.receipt)));
  const findings = [
    ...(lateUses.length > 0 ? [recordedLate(lateUses)] : []),
    ...(lateLegs.length > 0 ? [reportedLate(lateLegs)] : []),
    ...offWeight(facts, 'more', weighingTolerancePpm).map((legs) =>
      offWeightFinding(facts, legs, {
        direction: 'more',
        explained: '',
        mend: 'What more there is enters as declared stock, with its origin shown as not on the ledger.',
      }),
    ),
  ];
  return {
    summary: findings.length === 0 ? 'Nothing unusual.' : `${count(findings.length, 'anomaly')} to look at.`,
    findings,
    relied: [],
    judged: true,
  };
}

const LATE =
  'Nothing has to be mended for this lot. Ask why it took so long; from now on, whoever acts signs when it happens.';

function recordedLate(uses: Facts['uses']): Finding {
  const statements = uses.map(({ production }) => production.id);
  const sites = unique(uses.map(({ facility }) => facility.id));
  const worst = uses.reduce((a, b) => (delay(b.production) > delay(a.production) ? b : a)).production;
  return {
    answer: 'not judged',
    title: `Work at ${count(sites.length, 'site')} was recorded late`,
    detail: `${tallyFirst(statements, 'production')}; what took longest was of ${day(worst.occurredAt)} and was recorded on ${day(worst.recordedAt)}, ${count(Math.floor(delay(worst) / 86_400), 'day')} after.`,
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
    title: `Deliveries on ${count(byRoute(legs).length, 'route')} were recorded late`,
    detail: `${tallyFirst(
      legs.map(({ leg }) => leg.dispatch),
      'leg',
    )}; the dispatch or the receipt that took longest was of ${day(worst.occurredAt)} and was recorded on ${day(worst.recordedAt)}, ${count(Math.floor(delay(worst) / 86_400), 'day')} after.`,
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: unique(legs.flatMap(({ from, to }) => [from.id, to.id])),
    parties: unique(legs.flatMap(({ leg }) => [leg.consignor, leg.consignee])),
    statements: unique(
      legs.flatMap(({ leg }): Hex[] => [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])]),
    ),
    mend: LATE,
  };
}

function delay({ occurredAt, recordedAt }: { occurredAt: number; recordedAt: number }): number {
  return recordedAt - occurredAt;
}
