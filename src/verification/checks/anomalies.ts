import type { Hex } from '../../protocol/hex.ts';
import type { CarriedLeg, Facts } from '../facts.ts';
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

function recordedLate(uses: Facts['uses']): Finding {
  const statements = uses.map(({ production }) => production.id);
  const sites = unique(uses.map(({ facility }) => facility.id));
  const worst = uses.reduce((a, b) => (delay(b.production) > delay(a.production) ? b : a)).production;
  return {
    answer: 'not judged',
    title: `Work at ${count(sites.length, 'site')} was recorded late`,
    detail: `${tallyFirst(statements, 'production')} recorded long after they happened; the longest ${Math.floor(delay(worst) / 86_400)} days after (${day(worst.occurredAt)}, recorded ${day(worst.recordedAt)}).`,
    affected: { productions: new Set(statements) },
    sites,
    parties: unique(uses.map(({ production }) => production.custodian)),
    statements,
    mend: null,
  };
}

function reportedLate(legs: readonly CarriedLeg[]): Finding {
  return {
    answer: 'not judged',
    title: 'Some deliveries were recorded late',
    detail: `${tallyFirst(
      legs.map(({ leg }) => leg.dispatch),
      'leg',
    )} whose dispatch or receipt was recorded long after it happened.`,
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: unique(legs.flatMap(({ from, to }) => [from.id, to.id])),
    parties: unique(legs.flatMap(({ leg }) => [leg.consignor, leg.consignee])),
    statements: unique(
      legs.flatMap(({ leg }): Hex[] => [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])]),
    ),
    mend: null,
  };
}

function delay({ occurredAt, recordedAt }: { occurredAt: number; recordedAt: number }): number {
  return recordedAt - occurredAt;
}
