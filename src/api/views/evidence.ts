import { type EvidenceDocument, evidenceRoot } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { StoredEvidence } from '../../store/evidence.ts';
import { ProblemError } from '../problems.ts';
import type { EvidenceDocument as EvidenceView } from '../schemas/evidence.ts';

export function evidenceView({ root, fields, receivedAt }: StoredEvidence): EvidenceView {
  return { root, fields: [...fields], receivedAt };
}

/** @throws ProblemError `evidence-mismatch` for a document that has no root: no fields, or a path twice */
export function rootOf(document: EvidenceDocument, path: string): Hex {
  try {
    return evidenceRoot(document);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProblemError('evidence-mismatch', error.message, {
      errors: [{ path, message: error.message }],
    });
  }
}
