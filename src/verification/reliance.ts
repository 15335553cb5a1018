import type { Hex } from '../protocol/hex.ts';
import type { AttestationNode } from '../provenance/history.ts';
import { touchedBy } from './checks/involved.ts';
import type { Facts } from './facts.ts';
import { count, day, type Finding, subjectLabel, unique } from './finding.ts';
import { idsOf, type Reliance } from './standing.ts';

/** Losing an accreditation leaves attestations standing; whoever reads the answer should know. */
export function noLongerAccredited(facts: Facts, relied: readonly Reliance[]): Finding[] {
  const lost = unique(relied.map(({ attestation }) => attestation)).filter((one) => !one.accreditedNow);
  const byAuditor = Map.groupBy(lost, (attestation) => `${attestation.auditor} ${attestation.scheme}`);
  return [...byAuditor.values()].map((attestations) => ({
    answer: 'not judged',
    title: `An auditor relied on is no longer accredited for ${attestations[0]?.scheme}`,
    detail: `${count(attestations.length, 'attestation')} of this auditor ${attestations.length === 1 ? 'stands' : 'stand'}: the auditor was accredited when ${attestations.length === 1 ? 'it was' : 'they were'} recorded.`,
    affected: touchedBy(facts, subjectsOf(attestations)),
    sites: sitesAmong(facts, subjectsOf(attestations)),
    parties: unique(attestations.map(({ auditor }) => auditor)),
    statements: idsOf(attestations),
    mend: 'Nothing has to be mended: the answer stands. Where it is not enough for you, ask the sites for an attestation by an auditor that is accredited now.',
  }));
}

function subjectsOf(attestations: readonly AttestationNode[]): Hex[] {
  return unique(attestations.map(({ subject }) => subject));
}

function sitesAmong({ history }: Facts, subjects: readonly Hex[]): Hex[] {
  return subjects.filter((id) => history.facilities.has(id));
}

/** Whether nobody had said it yet when the event happened. */
export function isAfterTheFact({ attestation, time }: Reliance): boolean {
  return attestation.recordedAt > time;
}

/** What was attested only after the event that it answers for, in one finding: it counts, and a reader should know. */
export function attestedAfterTheFact(facts: Facts, relied: readonly Reliance[]): Finding[] {
  const late = relied.filter(isAfterTheFact);
  const [first] = late;
  if (!first) return [];
  const attestations = unique(late.map(({ attestation }) => attestation));
  const worst = late.reduce((a, b) => (delay(b) > delay(a) ? b : a), first);
  const { scheme, subject, recordedAt } = worst.attestation;
  const one = attestations.length === 1;
  return [
    {
      answer: 'not judged',
      title: one
        ? 'An attestation was recorded after the fact'
        : `${attestations.length} attestations were recorded after the fact`,
      detail: `${one ? '' : 'The longest after: '}${scheme} on ${subjectLabel(facts.history, subject)} answers for an event on ${day(worst.time)} and was recorded on ${day(recordedAt)}. Audits are often reported after the time that they cover, so that ${one ? 'it counts' : 'they count'}.`,
      affected: touchedBy(facts, subjectsOf(attestations)),
      sites: sitesAmong(facts, subjectsOf(attestations)),
      parties: unique(attestations.map(({ auditor }) => auditor)),
      statements: idsOf(attestations),
      mend: `Nothing has to be mended. Where you count only what was known at the time, ask the auditor why ${one ? 'it was' : 'they were'} recorded later.`,
    },
  ];
}

function delay({ attestation, time }: Reliance): number {
  return attestation.recordedAt - time;
}
