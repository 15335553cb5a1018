import type { AttestationNode, RevocationNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import { count, type Finding, subjectLabel, unique } from '../finding.ts';
import { adverseKind, isOpenAt, wasKnownOpenAt, withdrawalsOf } from '../standing.ts';
import { say } from '../wording/say.ts';
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
  const { scheme, subject } = worst.attestation;
  const one = attestations.length === 1;
  return [
    {
      answer: 'not judged',
      title: one
        ? say(`withdrawn.title.${adverseKind(worst.attestation)}`)
        : say('withdrawn.title.several', {
            attestations: count(attestations.length, 'adverse-attestation'),
          }),
      detail: [
        say(one ? 'withdrawn.detail.one' : 'withdrawn.detail.several', {
          ...{ scheme, subject: subjectLabel(facts.history, subject), event: { day: worst.time } },
          revoked: { day: worst.revocation.recordedAt },
          effective: { day: worst.revocation.effectiveAt },
        }),
      ],
      affected: touchedBy(facts, unique(attestations.map(({ subject }) => subject))),
      sites: unique(attestations.map((attestation) => attestation.subject)).filter((id) =>
        facts.history.facilities.has(id),
      ),
      parties: unique(attestations.map(({ auditor }) => auditor)),
      statements: unique(withdrawn.flatMap(({ attestation, revocation }) => [attestation.id, revocation.id])),
      mend: say('withdrawn.mend'),
    },
  ];
}

function delay({ revocation, time }: Withdrawn): number {
  return revocation.recordedAt - time;
}
