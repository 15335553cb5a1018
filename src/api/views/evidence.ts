import { showing } from '../../protocol/disclosure.ts';
import {
  disclosed,
  type EvidenceDocument,
  evidenceRoot,
  leafOf,
  proveField,
} from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { SharedField } from '../../store/disclosures.ts';
import type { StoredEvidence } from '../../store/evidence.ts';
import { ProblemError } from '../problems.ts';
import type { EvidenceDocument as EvidenceView, FieldProof } from '../schemas/evidence.ts';

/** A document as one reader sees it: what is public, and what is shared with them. */
export type SeenEvidence = StoredEvidence & {
  readonly shared: readonly SharedField[];
  readonly disclosedAt: number | null;
};

export function evidenceView({ root, fields, receivedAt, shared, disclosedAt }: SeenEvidence): EvidenceView {
  const byLeaf = new Map(shared.map((field) => [leafOf(field), field]));
  const seen = fields.map((field) => {
    const more = 'leaf' in field ? byLeaf.get(field.leaf) : undefined;
    return more ? { ...more, sharedWith: [...more.sharedWith] } : field;
  });
  return { root, fields: seen, receivedAt, disclosedAt };
}

/** @throws ProblemError `field-not-shown` */
export function proofView({ root, fields, shared }: SeenEvidence, path: string): FieldProof {
  const open = disclosed({ fields }).find((field) => field.path === path);
  const field = open ?? shared.find((candidate) => candidate.path === path);
  const leaf = field && leafOf(field);
  if (!field || !leaf || !fields.some((candidate) => leafOf(candidate) === leaf))
    throw new ProblemError('field-not-shown', `The document ${root} shows you no field "${path}".`);
  const { value, salt } = field;
  const proof = proveField(showing({ fields }, [{ path, value, salt }]), path);
  return { root, path, value, salt, leaf, proof };
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
