import { partyOfSubject } from '../../protocol/hex.ts';
import type { AttestationRow } from '../../store/queries/attestations.ts';
import type { AttestationDetail, AttestationSummary } from '../schemas/attestations.ts';
import type { Mentions, Names } from './names.ts';

/** The parties and facilities that attestations mention. */
export function idsInAttestations(rows: readonly AttestationRow[]): Mentions {
  return {
    parties: rows.flatMap((row) =>
      row.subjectKind === 'party' ? [row.auditor, partyOfSubject(row.subject)] : [row.auditor],
    ),
    facilities: rows.flatMap((row) => (row.subjectKind === 'facility' ? [row.subject] : [])),
  };
}

/** @param now Unix seconds, for the standing */
export function attestationSummaryView(row: AttestationRow, names: Names, now: number): AttestationSummary {
  return {
    id: row.id,
    auditor: names.party(row.auditor),
    subject: subjectView(row, names),
    scheme: row.scheme,
    outcome: row.outcome,
    validFrom: row.validFrom,
    validUntil: row.validUntil,
    endsAt: row.endsAt,
    recordedAt: row.recordedAt,
    standing: standingOf(row, now),
  };
}

export function attestationDetailView(row: AttestationRow, names: Names, now: number): AttestationDetail {
  return {
    ...attestationSummaryView(row, names, now),
    evidence: row.evidence,
    accredited: row.accreditedNow,
    revocations: row.revocations.map((revocation) => ({ ...revocation })),
    final: row.final,
  };
}

function subjectView(
  { subjectKind: kind, subject }: AttestationRow,
  names: Names,
): AttestationSummary['subject'] {
  if (kind === 'party') return { kind, ...names.party(partyOfSubject(subject)) };
  if (kind === 'facility') return { kind, id: subject, name: names.facility(subject).name };
  return { kind, id: subject, name: null };
}

function standingOf(
  { validFrom, validUntil, endsAt }: AttestationRow,
  now: number,
): AttestationSummary['standing'] {
  if (now >= endsAt) return endsAt < validUntil ? 'revoked' : 'lapsed';
  return now < validFrom ? 'not-yet' : 'in-force';
}
