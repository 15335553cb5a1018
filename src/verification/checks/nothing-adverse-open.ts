import type { Hex } from '../../protocol/hex.ts';
import type { AttestationNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import {
  type CheckResult,
  count,
  days,
  type Finding,
  firstDay,
  partyOf,
  subjectLabel,
  tally,
  unique,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { adverseKind, isAdverse, isOpenAt, registrarNote } from '../standing.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { type Involved, involvedIn, type Occasion } from './involved.ts';
import { openConcerns } from './open-concerns.ts';
import { type Withdrawn, withdrawals, withdrawnAfterTheFact } from './withdrawn.ts';

/** An adverse attestation, and the occasions on which it counts against the material. */
type Adverse = { involved: Involved; attestation: AttestationNode; on: readonly Occasion[] };

/**
 * Was there, under any scheme, an open non-conformance or alert on a site, a party or a lot when it had to do with
 * this material? On a lot, an open one counts until today. What is dated before it was raised, yet recorded while it
 * was open, is not enough evidence: nobody can tell whether the date is true. What was raised only since, or
 * withdrawn only since, is information. What parties said themselves, and not auditors, is as the rule says.
 */
export function nothingAdverseOpen(
  facts: Facts,
  { concerns = 'inform' }: Parameters<'nothing-adverse-open'>,
): CheckResult {
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
      ...openConcerns(facts, concerns),
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

function summaryOf(known: number, open: number, backdated: number): Phrase {
  if (known === 0) return say('adverse.none');
  const said = {
    attestations: count(known, 'adverse-attestation'),
    open: open === 0 ? say('adverse.open-none') : say('adverse.open', { count: open }),
  };
  return backdated === 0
    ? say('adverse.summary', said)
    : say('adverse.summary-dated', { ...said, dated: backdated });
}

function breach(facts: Facts, { involved, attestation, on }: Adverse): Finding {
  const times = on.map(({ occurredAt }) => occurredAt);
  const events = idsAmong(involved, on);
  const raised = say('adverse.breach.detail', {
    ...raisedUnder(attestation),
    ...{ events: tally(events, 'event'), days: days(times) },
  });
  return {
    ...about(facts, involved, attestation),
    answer: 'does not meet',
    title: say(`adverse.breach.title.${adverseKind(attestation)}`, titled(facts, involved)),
    detail: [raised, ...registrarNote([attestation])],
    mend: facts.history.lots.has(involved.subject)
      ? say('adverse.breach.mend-lot')
      : say('adverse.breach.mend', { day: firstDay(times) }),
  };
}

function datedBefore(facts: Facts, { involved, attestation, on }: Adverse): Finding {
  const recorded = on.map(({ recordedAt }) => recordedAt);
  return {
    ...about(facts, involved, attestation),
    answer: 'not enough evidence',
    title: say(`adverse.dated.title.${adverseKind(attestation)}`, titled(facts, involved)),
    detail: [
      say('adverse.dated.detail', {
        ...raisedUnder(attestation),
        recorded: { day: attestation.recordedAt },
        recordedDays: days(recorded),
        days: days(on.map(({ occurredAt }) => occurredAt)),
        events: tally(idsAmong(involved, on), 'event'),
      }),
    ],
    mend: say('adverse.dated.mend', { day: firstDay(recorded) }),
  };
}

function raisedSince(facts: Facts, { involved, attestation }: Adverse): Finding {
  const raised = say('adverse.since.detail', raisedUnder(attestation));
  return {
    ...about(facts, involved, attestation),
    answer: 'not judged',
    title: say(`adverse.since.title.${adverseKind(attestation)}`, titled(facts, involved)),
    detail: [raised, ...registrarNote([attestation])],
    mend: say('adverse.since.mend'),
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

function titled({ history }: Facts, { subject }: Involved) {
  return { subject: subjectLabel(history, subject) };
}

function raisedUnder({ validFrom, scheme }: AttestationNode) {
  return { day: { day: validFrom }, scheme };
}
