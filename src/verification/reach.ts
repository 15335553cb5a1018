import type { Outcome } from '../protocol/codes.ts';

/** Unix seconds: from, included, until, excluded. */
export type Reach = { readonly from: number; readonly until: number };

/** An attestation's times, as signed; `endsAt`: `validUntil`, or the earliest date that a revocation gave. */
export type Reaching = {
  readonly outcome: Outcome;
  readonly validFrom: number;
  readonly validUntil: number;
  readonly endsAt: number;
};

/**
 * When something has to have happened at a site to be touched by an attestation on it, by the truth table of attestations:
 * what counts is whether one was in force at the time of the event.
 *
 * - Non-conformant, or an alert: while it is open, from `validFrom` until it ends.
 * - Conformant: while it is in force, for that is what rests on it. Once it is revoked: from the revocation's date, or
 *   `validFrom` if that is later, until it would have ended, for that is what it no longer covers.
 */
export function reachOf({ outcome, validFrom, validUntil, endsAt }: Reaching): Reach {
  if (outcome !== 'conformant' || endsAt >= validUntil) return { from: validFrom, until: endsAt };
  return { from: Math.max(validFrom, endsAt), until: validUntil };
}
