import type { Hex } from '../protocol/hex.ts';
import type { AttestationNode } from '../provenance/history.ts';
import type { Verdict } from './certificate.ts';

/** What attestations say of a subject at a time, and the attestations that say so. */
export type Standing = { readonly answer: Verdict; readonly attestations: readonly AttestationNode[] };

/**
 * The truth table, for attestations on one subject: an open non-conformance or alert → does not meet; conformant and
 * in force → meets; absent, lapsed or ended → not enough evidence.
 *
 * @param attestations all those on the subject under the schemes that the question accepts
 */
export function standingAt(attestations: readonly AttestationNode[], time: number): Standing {
  const open = attestations.filter((attestation) => isOpenAt(attestation, time, attestations));
  if (open.length > 0) return { answer: 'does not meet', attestations: open };
  const conformant = attestations.filter((one) => one.outcome === 'conformant' && isInForce(one, time));
  if (conformant.length > 0) return { answer: 'meets', attestations: conformant };
  return { answer: 'not enough evidence', attestations: [] };
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
 * When an adverse attestation closes, null where it is still open. It does not lapse: what closes it is a revocation,
 * or a conformant attestation on the same subject under the same scheme that is both later and recorded later (an
 * earlier certificate that happens to run on says nothing of what was found since).
 */
export function closedAt(adverse: AttestationNode, all: readonly AttestationNode[]): number | null {
  const ends = [
    ...adverse.revocations.map((revocation) => revocation.effectiveAt),
    ...all.filter((other) => answers(other, adverse)).map((other) => other.validFrom),
  ];
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Whether an adverse attestation is open at a time: raised by then, and not closed yet. */
export function isOpenAt(
  attestation: AttestationNode,
  time: number,
  all: readonly AttestationNode[],
): boolean {
  if (!isAdverse(attestation) || time < attestation.validFrom) return false;
  const closed = closedAt(attestation, all);
  return closed === null || time < closed;
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
    other.validFrom > adverse.validFrom &&
    other.endsAt > other.validFrom
  );
}
