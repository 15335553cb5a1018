import type { Hex } from '../protocol/hex.ts';
import type { AttestationNode } from '../provenance/history.ts';
import { touchedBy } from './checks/involved.ts';
import type { Facts } from './facts.ts';
import { type Finding, subjectLabel, unique } from './finding.ts';
import { idsOf, type Reliance } from './standing.ts';
import { say } from './wording/say.ts';

/** Losing an accreditation leaves attestations standing; whoever reads the answer should know. */
export function noLongerAccredited(facts: Facts, relied: readonly Reliance[]): Finding[] {
  const lost = unique(relied.map(({ attestation }) => attestation)).filter((one) => !one.accreditedNow);
  const byAuditor = Map.groupBy(lost, (attestation) => `${attestation.auditor} ${attestation.scheme}`);
  return [...byAuditor.values()].map((attestations) => ({
    answer: 'not judged',
    title: say('no-longer-accredited.title', { scheme: attestations[0]?.scheme ?? '' }),
    detail: [say('no-longer-accredited.detail', { count: attestations.length })],
    affected: touchedBy(facts, subjectsOf(attestations)),
    sites: sitesAmong(facts, subjectsOf(attestations)),
    parties: unique(attestations.map(({ auditor }) => auditor)),
    statements: idsOf(attestations),
    mend: say('no-longer-accredited.mend'),
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
  const many = attestations.length === 1 ? 'one' : 'several';
  return [
    {
      answer: 'not judged',
      title: say('after-the-fact.title', { count: attestations.length }),
      detail: [
        say(`after-the-fact.detail.${many}`, {
          ...{ scheme, subject: subjectLabel(facts.history, subject) },
          ...{ event: { day: worst.time }, recorded: { day: recordedAt } },
        }),
      ],
      affected: touchedBy(facts, subjectsOf(attestations)),
      sites: sitesAmong(facts, subjectsOf(attestations)),
      parties: unique(attestations.map(({ auditor }) => auditor)),
      statements: idsOf(attestations),
      mend: say(`after-the-fact.mend.${many}`),
    },
  ];
}

function delay({ attestation, time }: Reliance): number {
  return attestation.recordedAt - time;
}
