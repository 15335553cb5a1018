import type { SignedDisclosure } from '../../client/sign.ts';
import type { EvidenceDocument } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';

/** `queued`: signed, and not sent yet; the others are the service's words. */
export type QueueState = 'queued' | 'pending' | 'recorded' | 'final' | 'rejected';

/** A statement that was signed here, until it is final. */
export type Queued = {
  readonly id: Hex;
  readonly party: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  /** As others may see them: what is hidden is not in them. */
  readonly evidence: readonly EvidenceDocument[];
  /** Who may see what beside, still to be sent. */
  readonly disclosures: readonly SignedDisclosure[];
  readonly state: QueueState;
  readonly refusal: string | null;
  /** By which other languages say it; not kept by what an earlier version queued. */
  readonly refusalCode?: string | undefined;
  readonly papersRefusal: string | null;
  readonly papersRefusalCode?: string | undefined;
  /** The lots that it gives birth to, once it is recorded. */
  readonly lots: readonly Hex[];
  /** Unix seconds. */
  readonly signedAt: number;
};

/** Whether anything may still become of it. */
export function isUnderWay({ state }: Queued): boolean {
  return state === 'queued' || state === 'pending' || state === 'recorded';
}
