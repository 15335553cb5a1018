import type { AttestationNode, RevocationNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import { count, day, type Finding, subjectLabel, unique } from '../finding.ts';
import { isOpenAt, wasKnownOpenAt, withdrawalsOf } from '../standing.ts';
import { type Occasion, touchedBy } from './involved.ts';

/** An adverse attestation that was open at `time`, as was known then, and that its author has withdrawn since. */
export type Withdrawn = {
  readonly attestation: AttestationNode;
  readonly revocation: RevocationNode;
  readonly time: number;
};

/** The occasions, of an attestation's subject, that its author's later revocation frees of it. */
export function withdrawals(
  attestation: AttestationNode,
  occasions: readonly Occasion[],
  all: readonly AttestationNode[],
): Withdrawn[] {
  const late = withdrawalsOf(attestation);
  if (late.length === 0) return [];
  return occasions.flatMap(({ occurredAt: time }) => {
    if (!wasKnownOpenAt(attestation, time, all) || isOpenAt(attestation, time, all)) return [];
    const revocation = late.find((one) => one.effectiveAt <= time);
    return revocation ? [{ attestation, revocation, time }] : [];
  });
}

/** What was withdrawn only after the event, in one finding: withdrawing an error is legitimate, and leaves a trace. */
export function withdrawnAfterTheFact(facts: Facts, withdrawn: readonly Withdrawn[]): Finding[] {
  const [first] = withdrawn;
  if (!first) return [];
  const attestations = unique(withdrawn.map(({ attestation }) => attestation));
  const worst = withdrawn.reduce((a, b) => (delay(b) > delay(a) ? b : a), first);
  const { scheme, subject, outcome } = worst.attestation;
  const one = attestations.length === 1;
  const it = outcome === 'alert' ? 'An alert' : 'A non-conformance';
  return [
    {
      answer: 'not judged',
      title: one
        ? `${it} was withdrawn after the fact`
        : `${count(attestations.length, 'adverse attestation')} were withdrawn after the fact`,
      detail: `${one ? '' : 'The longest after: '}${scheme} on ${subjectLabel(facts.history, subject)} was open for an event on ${day(worst.time)}, until its author revoked it on ${day(worst.revocation.recordedAt)} with effect from ${day(worst.revocation.effectiveAt)}. An author may withdraw an error, so that it counts no more.`,
      affected: touchedBy(facts, unique(attestations.map(({ subject }) => subject))),
      sites: unique(attestations.map((attestation) => attestation.subject)).filter((id) =>
        facts.history.facilities.has(id),
      ),
      parties: unique(attestations.map(({ auditor }) => auditor)),
      statements: unique(withdrawn.flatMap(({ attestation, revocation }) => [attestation.id, revocation.id])),
      mend: 'Nothing has to be mended: it counts no more. Ask its author why it was withdrawn, if you want to know.',
    },
  ];
}

function delay({ revocation, time }: Withdrawn): number {
  return revocation.recordedAt - time;
}
