import type { Hex } from '../protocol/hex.ts';
import type { AttestationNode, RevocationNode } from '../provenance/history.ts';
import type { Verdict } from './certificate.ts';
import type { Phrase } from './wording/phrase.ts';
import { say } from './wording/say.ts';

/** What attestations say of a subject at a time, and the attestations that say so. */
export type Standing = {
  readonly answer: Verdict;
  readonly attestations: readonly AttestationNode[];
  readonly time: number;
};

/** An attestation that an answer rests on, and the time of the event that it answers for. */
export type Reliance = { readonly attestation: AttestationNode; readonly time: number };

/**
 * The truth table, for attestations on one subject: an open non-conformance or alert → does not meet; conformant and
 * in force → meets; absent, lapsed or ended → not enough evidence. Of conformant ones, those recorded by then stand
 * for the answer; where there is none, those recorded since, because audits are reported after what they cover.
 *
 * @param attestations all those on the subject under the schemes that the question accepts
 */
export function standingAt(attestations: readonly AttestationNode[], time: number): Standing {
  const open = attestations.filter((attestation) => isOpenAt(attestation, time, attestations));
  if (open.length > 0) return { answer: 'does not meet', attestations: open, time };
  const conformant = attestations.filter((one) => one.outcome === 'conformant' && isInForce(one, time));
  if (conformant.length === 0) return { answer: 'not enough evidence', attestations: [], time };
  return { answer: 'meets', attestations: inTimeOrAll(conformant, time), time };
}

/** The attestations recorded by a time or, where there is none, all of them. */
export function inTimeOrAll(
  attestations: readonly AttestationNode[],
  time: number,
): readonly AttestationNode[] {
  const inTime = attestations.filter(({ recordedAt }) => recordedAt <= time);
  return inTime.length > 0 ? inTime : attestations;
}

/** What the answers "meets" among these rest on. */
export function reliedOn(standings: readonly Standing[]): Reliance[] {
  return standings
    .filter(({ answer }) => answer === 'meets')
    .flatMap(({ attestations, time }) => attestations.map((attestation) => ({ attestation, time })));
}

/** From `validFrom` (included) to `endsAt` (excluded). */
export function isInForce(attestation: AttestationNode, time: number): boolean {
  return attestation.validFrom <= time && time < attestation.endsAt;
}

/** Whether an attestation is a non-conformance or an alert. */
export function isAdverse(attestation: AttestationNode): boolean {
  return attestation.outcome !== 'conformant';
}

/**
 * Whether an adverse attestation is open at a time: raised by then, and not closed then. It does not lapse. Its
 * author's revocation closes it from whatever date that names, because it may withdraw an error; the registrar's does
 * not. So does a later conformant attestation on the same subject under the same scheme, but only from when it was
 * recorded, in force by then, and until it is itself revoked: what was open before, no later audit can change.
 *
 * @param all the attestations on the subject
 */
export function isOpenAt(
  attestation: AttestationNode,
  time: number,
  all: readonly AttestationNode[],
): boolean {
  if (!isAdverse(attestation) || time < attestation.validFrom) return false;
  return (
    !withdrawalsOf(attestation).some(({ effectiveAt }) => effectiveAt <= time) &&
    !all.some((other) => answers(other, attestation) && answersAt(other, time))
  );
}

/** Whether it was open at a time as was known then: revocations by its author that were recorded since left aside. */
export function wasKnownOpenAt(
  attestation: AttestationNode,
  time: number,
  all: readonly AttestationNode[],
): boolean {
  const revocations = attestation.revocations.filter(({ recordedAt }) => recordedAt <= time);
  return isOpenAt({ ...attestation, revocations }, time, all);
}

/** The revocations of an attestation by its author. */
export function withdrawalsOf({ auditor, revocations }: AttestationNode): RevocationNode[] {
  return revocations.filter(({ author }) => author === auditor);
}

/** What an adverse attestation is called. */
export function adverseKind({ outcome }: AttestationNode): 'alert' | 'non-conformance' {
  return outcome === 'alert' ? 'alert' : 'non-conformance';
}

/** A sentence where the registrar revoked one of these adverse attestations, which closes none; else nothing. */
export function registrarNote(open: readonly AttestationNode[]): Phrase[] {
  const by = open.some(({ auditor, revocations }) => revocations.some(({ author }) => author !== auditor));
  return by ? [say('registrar-revoked')] : [];
}

/** The ids of attestations, for a finding. */
export function idsOf(attestations: readonly AttestationNode[]): Hex[] {
  return attestations.map((attestation) => attestation.id);
}

function answers(other: AttestationNode, adverse: AttestationNode): boolean {
  return (
    other.outcome === 'conformant' &&
    other.subject === adverse.subject &&
    other.scheme.trim().toLowerCase() === adverse.scheme.trim().toLowerCase() &&
    other.recordedAt > adverse.recordedAt &&
    other.validFrom > adverse.validFrom
  );
}

/** Lapsing opens nothing again; a revocation does, from its date on. */
function answersAt(conformant: AttestationNode, time: number): boolean {
  const from = Math.max(conformant.validFrom, conformant.recordedAt);
  const revoked = conformant.revocations.some(({ effectiveAt }) => effectiveAt <= time);
  return from <= time && from < conformant.endsAt && !revoked;
}
