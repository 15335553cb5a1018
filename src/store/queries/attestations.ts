import { type SqlBool, sql } from 'kysely';
import { type Outcome, outcomes, recordedTerm } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes, text } from '../values.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

export type RevocationRow = {
  readonly id: Hex;
  readonly author: Hex;
  readonly effectiveAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/**
 * What an auditor said of `subject` (a facility, a lot, or a party's address padded to 32 bytes).
 * `endsAt` is `validUntil`, or the earliest `effectiveAt` of its revocations, if that is earlier.
 */
export type AttestationRow = {
  readonly id: Hex;
  readonly auditor: Hex;
  readonly subject: Hex;
  readonly subjectKind: 'lot' | 'facility' | 'party';
  readonly scheme: string;
  readonly outcome: Outcome;
  readonly validFrom: number;
  readonly validUntil: number;
  readonly endsAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
  /** In the order of recording. */
  readonly revocations: readonly RevocationRow[];
  /** Whether the auditor is accredited for the scheme now. */
  readonly accreditedNow: boolean;
  readonly final: boolean;
};

export type AttestationFilter = {
  readonly subject?: Hex | undefined;
  readonly auditor?: Hex | undefined;
  readonly scheme?: string | undefined;
};

/** Newest recorded first. @throws CursorInvalid */
export async function listAttestations(
  db: Db,
  { subject, auditor, scheme }: AttestationFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<AttestationRow>> {
  let query = selectAttestations(db);
  if (subject !== undefined) query = query.where('subject', '=', bytes(subject));
  if (auditor !== undefined) query = query.where('auditor', '=', bytes(auditor));
  if (scheme !== undefined) query = query.where('scheme', '=', text(scheme));
  if (cursor !== undefined) query = query.where('seq', '<', readCursor(cursor, 1)[0] ?? 0);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const revocations = await revocationsOf(db, rows);
  return pageOf(rows, limit, {
    item: (row) => attestationRow(row, revocations),
    position: ({ seq }) => [seq],
  });
}

export async function attestationById(db: Db, id: Hex): Promise<AttestationRow | null> {
  const row = await selectAttestations(db).where('attestation.id', '=', bytes(id)).executeTakeFirst();
  return row ? attestationRow(row, await revocationsOf(db, [row])) : null;
}

/** Every attestation on any of the subjects, in the order of recording. */
export async function attestationsOn(db: Db, subjects: Iterable<Hex>): Promise<AttestationRow[]> {
  const rows = await selectAttestations(db).where('subject', '=', anyOf(subjects)).orderBy('seq').execute();
  const revocations = await revocationsOf(db, rows);
  return rows.map((row) => attestationRow(row, revocations));
}

function selectAttestations(db: Db) {
  const accreditedNow = sql<boolean>`coalesce((
    select act = 'accredit' from accreditation_act
    where accreditation_act.auditor = attestation.auditor and accreditation_act.scheme = attestation.scheme
    order by seq desc limit 1), false)`;
  return db
    .selectFrom('attestation')
    .innerJoin('chain', (join) => join.onTrue())
    .selectAll('attestation')
    .select([accreditedNow.as('accredited_now'), 'chain.finalized'])
    .select(sql<SqlBool>`exists (select from lot where lot.id = subject)`.as('on_lot'))
    .select(sql<SqlBool>`exists (select from facility where facility.id = subject)`.as('on_facility'));
}

type SelectedAttestation = Awaited<ReturnType<ReturnType<typeof selectAttestations>['execute']>>[number];
type Revocations = ReadonlyMap<Hex, readonly RevocationRow[]>;

async function revocationsOf(db: Db, attestations: readonly { readonly id: Hex }[]): Promise<Revocations> {
  if (attestations.length === 0) return new Map();
  const rows = await db
    .selectFrom('revocation')
    .select([
      'id',
      'author',
      'attestation',
      'evidence',
      'effective_at as effectiveAt',
      'recorded_at as recordedAt',
    ])
    .where('attestation', '=', anyOf(attestations.map(({ id }) => id)))
    .orderBy('seq')
    .execute();
  const plain = rows.map(({ attestation, ...revocation }) => ({ attestation, revocation }));
  const grouped = Map.groupBy(plain, ({ attestation }) => attestation);
  return new Map([...grouped].map(([id, group]) => [id, group.map(({ revocation }) => revocation)]));
}

function attestationRow(row: SelectedAttestation, known: Revocations): AttestationRow {
  const revocations = known.get(row.id) ?? [];
  return {
    id: row.id,
    auditor: row.auditor,
    subject: row.subject,
    subjectKind: row.on_lot ? 'lot' : row.on_facility ? 'facility' : 'party',
    scheme: row.scheme,
    outcome: recordedTerm(outcomes, row.outcome),
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    endsAt: Math.min(row.valid_until, ...revocations.map(({ effectiveAt }) => effectiveAt)),
    recordedAt: row.recorded_at,
    evidence: row.evidence,
    revocations,
    accreditedNow: row.accredited_now,
    final: row.block <= row.finalized,
  };
}
