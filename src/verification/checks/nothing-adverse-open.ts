import { type Hex, partySubject } from '../../protocol/hex.ts';
import type { Places } from '../../provenance/flow.ts';
import type { AttestationNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import {
  affectedBy,
  type CheckResult,
  count,
  day,
  days,
  type Finding,
  firstDay,
  shortId,
  siteLabel,
  unique,
} from '../finding.ts';
import { isAdverse, isOpenAt } from '../standing.ts';

/** When a subject had to do with the material, and with which productions and lots of it. */
type Involved = { subject: Hex; times: number[]; productions: Set<Hex>; lots: Set<Hex> };

/**
 * Was there, under any scheme, an open non-conformance or alert on a site, a party or a lot when it had to do with
 * this material? On a lot, an open one counts until today. What was raised only since is information.
 */
export function nothingAdverseOpen(facts: Facts): CheckResult {
  const adverse = involvedIn(facts).flatMap((involved) =>
    facts
      .attestationsOn(involved.subject)
      .filter(isAdverse)
      .map((attestation) => ({ involved, attestation, times: openTimes(facts, attestation, involved) })),
  );
  const breaches = adverse.filter(({ times }) => times.length > 0);
  const since = adverse.filter(
    ({ times, attestation }) => times.length === 0 && isOpenNow(facts, attestation),
  );
  return {
    summary: `${count(adverse.length, 'adverse attestation')} on sites, parties and lots of this history; ${breaches.length} open at the time.`,
    findings: [
      ...breaches.map(({ involved, attestation, times }) => breach(facts, involved, attestation, times)),
      ...since.map(({ involved, attestation }) => raisedSince(facts, involved, attestation)),
    ],
    relied: [],
    judged: true,
  };
}

function involvedIn(facts: Facts): Involved[] {
  const all = new Map<Hex, Involved>();
  const involve = (subject: Hex, time: number, where: { production?: Hex; lot?: Hex }) => {
    const known = all.get(subject) ?? {
      subject,
      times: [],
      productions: new Set<Hex>(),
      lots: new Set<Hex>(),
    };
    known.times.push(time);
    if (where.production) known.productions.add(where.production);
    if (where.lot) known.lots.add(where.lot);
    all.set(subject, known);
  };
  for (const { production } of facts.uses) {
    involve(production.facility, production.occurredAt, { production: production.id });
    involve(partySubject(production.custodian), production.occurredAt, { production: production.id });
    for (const lot of production.outputs)
      if (facts.flow.lots.has(lot)) involve(lot, facts.history.asOf.time, { lot });
  }
  for (const { leg } of facts.legs) {
    const where = { lot: leg.lot };
    const arrived = leg.receipt?.occurredAt ?? leg.occurredAt;
    involve(leg.from, leg.occurredAt, where);
    involve(partySubject(leg.consignor), leg.occurredAt, where);
    if (leg.receipt?.kind !== 'accept') continue;
    involve(leg.to, arrived, where);
    involve(partySubject(leg.consignee), arrived, where);
  }
  return [...all.values()];
}

function openTimes(facts: Facts, attestation: AttestationNode, { subject, times }: Involved): number[] {
  const all = facts.attestationsOn(subject);
  return times.filter((time) => isOpenAt(attestation, time, all));
}

function isOpenNow(facts: Facts, attestation: AttestationNode): boolean {
  return isOpenAt(attestation, facts.history.asOf.time, facts.attestationsOn(attestation.subject));
}

function breach(
  facts: Facts,
  involved: Involved,
  attestation: AttestationNode,
  times: readonly number[],
): Finding {
  const ends = `A revocation of the attestation with effect before ${firstDay(times)}.`;
  return {
    ...about(facts, involved, attestation),
    answer: 'does not meet',
    title: `${labelOf(facts, involved.subject)}: ${said(attestation)} was open at the time`,
    detail: `It was raised from ${day(attestation.validFrom)} under ${attestation.scheme}, and open at ${count(times.length, 'event')} of this history (${days(times)}).`,
    mend: facts.history.lots.has(involved.subject)
      ? 'A revocation of the attestation, or a later conformant one on the lot under the same scheme.'
      : ends,
  };
}

function raisedSince(facts: Facts, involved: Involved, attestation: AttestationNode): Finding {
  return {
    ...about(facts, involved, attestation),
    answer: 'not judged',
    title: `${labelOf(facts, involved.subject)}: ${said(attestation)} is open now`,
    detail: `It was raised from ${day(attestation.validFrom)} under ${attestation.scheme}, after this material had gone through.`,
    mend: null,
  };
}

function about(facts: Facts, involved: Involved, attestation: AttestationNode) {
  const { subject, productions, lots } = involved;
  const places: Places = { productions, lots };
  const party = facts.history.parties.get(`0x${subject.slice(-40)}`);
  const isParty = party !== undefined && partySubject(party.party) === subject;
  return {
    affected: affectedBy(facts, places),
    sites: facts.history.facilities.has(subject) ? [subject] : [],
    parties: unique([...(isParty ? [party.party] : []), attestation.auditor]),
    statements: [attestation.id, ...productions],
  };
}

function labelOf(facts: Facts, subject: Hex): string {
  const facility = facts.history.facilities.get(subject);
  if (facility) return siteLabel(facts.history, facility);
  return facts.history.lots.has(subject)
    ? `Lot ${shortId(subject)}`
    : `Party ${shortId(`0x${subject.slice(-40)}`)}`;
}

function said({ outcome }: AttestationNode): string {
  return outcome === 'alert' ? 'an alert' : 'a non-conformance';
}
