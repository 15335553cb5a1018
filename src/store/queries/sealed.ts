import type { EvidenceField } from '../../protocol/evidence.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';
import { indexHead } from './head.ts';
import { trailOn } from './trail.ts';

/** An attestation as it was recorded. `message` is JSON; `endsAt` is after its revocations. */
export type AttestedRow = {
  readonly id: Hex;
  readonly scheme: string;
  readonly endsAt: number;
  readonly message: unknown;
  readonly signer: Hex;
  readonly signature: Hex;
  /** What is kept of its evidence; null where nothing is. */
  readonly fields: readonly EvidenceField[] | null;
};

/** All that was said of a lot itself, of one moment. */
export type SealedRows = {
  readonly asOf: { readonly number: number; readonly hash: Hex; readonly time: number };
  /** The ids of all that joined its trail, in the order of the ledger. */
  readonly trail: readonly Hex[];
  /** The newest first. */
  readonly attestations: readonly AttestedRow[];
};

/** What a sealed certificate of a lot is made of. Null where there is no such lot. */
export function sealedRowsOf(db: Db, lot: Hex): Promise<SealedRows | null> {
  return inSnapshot(db, async (trx) => {
    const known = await trx.selectFrom('lot').select('id').where('id', '=', bytes(lot)).executeTakeFirst();
    const asOf = await indexHead(trx);
    if (!known || !asOf) return null;
    const trail = await trailOn(trx, lot);
    return { asOf, trail: trail.map(({ id }) => id), attestations: await attestedOf(trx, lot) };
  });
}

async function attestedOf(db: Db, lot: Hex): Promise<AttestedRow[]> {
  const rows = await db
    .selectFrom('attestation')
    .innerJoin('statement', 'statement.id', 'attestation.id')
    .leftJoin('evidence', 'evidence.root', 'attestation.evidence')
    .select(['attestation.id', 'attestation.scheme', 'attestation.valid_until as validUntil'])
    .select(['statement.message', 'statement.signer', 'statement.signature', 'evidence.fields'])
    .where('attestation.subject', '=', bytes(lot))
    .orderBy('attestation.seq', 'desc')
    .execute();
  const ends = await revokedAt(db, rows);
  return rows.map(({ validUntil, fields, ...row }) => ({
    ...row,
    endsAt: Math.min(validUntil, ends.get(row.id) ?? validUntil),
    fields: fields as readonly EvidenceField[] | null,
  }));
}

async function revokedAt(
  db: Db,
  attestations: readonly { readonly id: Hex }[],
): Promise<ReadonlyMap<Hex, number>> {
  const rows = await db
    .selectFrom('revocation')
    .select(({ fn }) => ['attestation', fn.min('effective_at').as('at')])
    .where('attestation', '=', anyOf(attestations.map(({ id }) => id)))
    .groupBy('attestation')
    .execute();
  return new Map(rows.map(({ attestation, at }) => [attestation, Number(at)]));
}
