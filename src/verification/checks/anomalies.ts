import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import type { CarriedLeg, Facts } from '../facts.ts';
import { affectedBy, type CheckResult, count, day, type Finding, siteLabel, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';

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
  const heavier = facts.legs.filter((leg) => isHeavier(facts, leg, weighingTolerancePpm));
  const lateLegs = facts.legs.filter(({ leg }) => late(leg) || (leg.receipt !== null && late(leg.receipt)));
  const findings = [
    ...(lateUses.length > 0 ? [recordedLate(facts, lateUses)] : []),
    ...(lateLegs.length > 0 ? [reportedLate(facts, lateLegs)] : []),
    ...heavier.map((leg) => heavierOnArrival(facts, leg)),
  ];
  return {
    summary: `${count(findings.length, 'anomaly').replace(/ys$/, 'ies')} to look at.`,
    findings,
    relied: [],
    judged: true,
  };
}

function isHeavier(facts: Facts, { leg }: CarriedLeg, tolerancePpm: number): boolean {
  const sent = facts.history.lots.get(leg.lot)?.milligrams ?? 0n;
  const weighed = leg.receipt?.weighed ?? sent;
  return (weighed - sent) * 1_000_000n > sent * BigInt(tolerancePpm);
}

function recordedLate(facts: Facts, uses: Facts['uses']): Finding {
  const sites = unique(uses.map(({ facility }) => facility.id));
  const worst = uses.reduce((a, b) => (delay(b.production) > delay(a.production) ? b : a)).production;
  return {
    answer: 'not judged',
    title: `Work at ${count(sites.length, 'site')} was recorded late`,
    detail: `${count(uses.length, 'production')} recorded long after they happened; the longest ${Math.floor(delay(worst) / 86_400)} days after (${day(worst.occurredAt)}, recorded ${day(worst.recordedAt)}).`,
    affected: affectedBy(facts, { productions: new Set(uses.map(({ production }) => production.id)) }),
    sites,
    parties: unique(uses.map(({ production }) => production.custodian)),
    statements: uses.map(({ production }) => production.id),
    mend: null,
  };
}

function reportedLate(facts: Facts, legs: readonly CarriedLeg[]): Finding {
  return {
    answer: 'not judged',
    title: 'Some deliveries were recorded late',
    detail: `${count(legs.length, 'leg')} whose dispatch or receipt was recorded long after it happened.`,
    affected: affectedBy(facts, { lots: new Set(legs.map(({ leg }) => leg.lot)) }),
    sites: unique(legs.flatMap(({ from, to }) => [from.id, to.id])),
    parties: unique(legs.flatMap(({ leg }) => [leg.consignor, leg.consignee])),
    statements: unique(
      legs.flatMap(({ leg }): Hex[] => [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])]),
    ),
    mend: null,
  };
}

function heavierOnArrival(facts: Facts, { leg, from, to }: CarriedLeg): Finding {
  const sent = facts.history.lots.get(leg.lot)?.milligrams ?? 0n;
  const weighed = leg.receipt?.weighed ?? sent;
  return {
    answer: 'not judged',
    title: `${formatMass(weighed - sent)} more arrived than was sent`,
    detail: `Lot ${leg.lot} left ${siteLabel(facts.history, from)} with ${formatMass(sent)} and weighed ${formatMass(weighed)} at ${siteLabel(facts.history, to)}.`,
    affected: affectedBy(facts, { lots: new Set([leg.lot]) }),
    sites: [from.id, to.id],
    parties: [leg.consignor, leg.consignee],
    statements: [leg.dispatch, ...(leg.receipt ? [leg.receipt.id] : [])],
    mend: 'What more there is enters as declared stock, with its origin shown as not on the ledger.',
  };
}

function delay({ occurredAt, recordedAt }: { occurredAt: number; recordedAt: number }): number {
  return recordedAt - occurredAt;
}
