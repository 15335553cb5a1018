import type { Hex } from '../../protocol/hex.ts';
import type { AttestationNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import {
  type CheckResult,
  count,
  day,
  days,
  type Finding,
  firstDay,
  partyOf,
  subjectLabel,
  tally,
  unique,
} from '../finding.ts';
import { isAdverse, isOpenAt, registrarNote } from '../standing.ts';
import { type Involved, involvedIn, type Occasion } from './involved.ts';
import { type Withdrawn, withdrawals, withdrawnAfterTheFact } from './withdrawn.ts';

/** An adverse attestation, and the occasions on which it counts against the material. */
type Adverse = { involved: Involved; attestation: AttestationNode; on: readonly Occasion[] };

/**
 * Was there, under any scheme, an open non-conformance or alert on a site, a party or a lot when it had to do with
 * this material? On a lot, an open one counts until today. What is dated before it was raised, yet recorded while it
 * was open, is not enough evidence: nobody can tell whether the date is true. What was raised only since, or
 * withdrawn only since, is information.
 */
export function nothingAdverseOpen(facts: Facts): CheckResult {
  const breaches: Adverse[] = [];
  const backdated: Adverse[] = [];
  const since: Adverse[] = [];
  const withdrawn: Withdrawn[] = [];
  let known = 0;
  for (const involved of involvedIn(facts)) {
    const all = facts.attestationsOn(involved.subject);
    const occasions = [...involved.occasions.values()];
    for (const attestation of all.filter(isAdverse)) {
      known += 1;
      const open = occasions.filter(({ occurredAt }) => isOpenAt(attestation, occurredAt, all));
      const dodging = occasions.filter((occasion) => isBackdated(occasion, attestation, all));
      if (open.length > 0) breaches.push({ involved, attestation, on: open });
      else if (dodging.length > 0) backdated.push({ involved, attestation, on: dodging });
      else if (isOpenAt(attestation, facts.history.asOf.time, all))
        since.push({ involved, attestation, on: [] });
      withdrawn.push(...withdrawals(attestation, occasions, all));
    }
  }
  return {
    summary: summaryOf(known, breaches.length, backdated.length),
    findings: [
      ...breaches.map((adverse) => breach(facts, adverse)),
      ...backdated.map((adverse) => datedBefore(facts, adverse)),
      ...since.map((adverse) => raisedSince(facts, adverse)),
      ...withdrawnAfterTheFact(facts, withdrawn),
    ],
    relied: [],
    judged: true,
  };
}

/** Dated before the attestation, but recorded after it, while it was open. */
function isBackdated(
  { occurredAt, recordedAt }: Occasion,
  attestation: AttestationNode,
  all: readonly AttestationNode[],
): boolean {
  return (
    occurredAt < attestation.validFrom &&
    attestation.recordedAt < recordedAt &&
    isOpenAt(attestation, recordedAt, all)
  );
}

function summaryOf(known: number, open: number, backdated: number): string {
  if (known === 0) return 'No non-conformance or alert on any site, party or lot of this history.';
  const dated =
    backdated === 0 ? '' : `; ${backdated} raised before an event was recorded that is dated earlier`;
  return `${count(known, 'adverse attestation')} on sites, parties and lots of this history; ${open === 0 ? 'none' : open} open at the time${dated}.`;
}

function breach(facts: Facts, { involved, attestation, on }: Adverse): Finding {
  const times = on.map(({ occurredAt }) => occurredAt);
  const events = idsAmong(involved, on);
  const raised = `It was raised from ${day(attestation.validFrom)} under ${attestation.scheme}, and open at ${tally(events, 'event')} of this history (${days(times)}).`;
  return {
    ...about(facts, involved, attestation),
    answer: 'does not meet',
    title: `${subjectLabel(facts.history, involved.subject)}: ${said(attestation)} was open at the time`,
    detail: `${raised} ${registrarNote([attestation])}`.trim(),
    mend: facts.history.lots.has(involved.subject)
      ? 'A revocation of the attestation by its author, or a later conformant one on the lot under the same scheme.'
      : `A revocation of the attestation by its author, with effect before ${firstDay(times)}.`,
  };
}

function datedBefore(facts: Facts, { involved, attestation, on }: Adverse): Finding {
  const recorded = on.map(({ recordedAt }) => recordedAt);
  return {
    ...about(facts, involved, attestation),
    answer: 'not enough evidence',
    title: `${subjectLabel(facts.history, involved.subject)}: dated before ${said(attestation)}, but recorded after it`,
    detail: `It was raised from ${day(attestation.validFrom)} under ${attestation.scheme}, and recorded on ${day(attestation.recordedAt)}. Recorded while it was open (${days(recorded)}), with an earlier date (${days(on.map(({ occurredAt }) => occurredAt))}): ${tally(idsAmong(involved, on), 'event')} of this history.`,
    mend: `A revocation of the attestation by its author, with effect before ${firstDay(recorded)}. What is recorded when it happens raises no such question.`,
  };
}

function raisedSince(facts: Facts, { involved, attestation }: Adverse): Finding {
  const raised = `It was raised from ${day(attestation.validFrom)} under ${attestation.scheme}, after this material had gone through.`;
  return {
    ...about(facts, involved, attestation),
    answer: 'not judged',
    title: `${subjectLabel(facts.history, involved.subject)}: ${said(attestation)} is open now`,
    detail: `${raised} ${registrarNote([attestation])}`.trim(),
    mend: 'Nothing has to be mended for this lot. Before you take what went through since, ask how it is being answered.',
  };
}

function idsAmong({ occasions }: Involved, on: readonly Occasion[]): Hex[] {
  return [...occasions].filter(([, occasion]) => on.includes(occasion)).map(([id]) => id);
}

function about(facts: Facts, { subject, productions, lots }: Involved, attestation: AttestationNode) {
  const party = partyOf(facts.history, subject);
  return {
    affected: { productions, lots },
    sites: facts.history.facilities.has(subject) ? [subject] : [],
    parties: unique([...(party ? [party.party] : []), attestation.auditor]),
    statements: [attestation.id, ...productions],
  };
}

function said({ outcome }: AttestationNode): string {
  return outcome === 'alert' ? 'an alert' : 'a non-conformance';
}
