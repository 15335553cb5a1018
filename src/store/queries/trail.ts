import { sql } from 'kysely';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { StatementType } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/** A statement that joined a subject's trail. */
export type TrailRow = {
  readonly id: Hex;
  readonly type: Extract<StatementType, 'Attestation' | 'Revocation' | 'Observation'>;
  readonly recordedAt: number;
};

/**
 * All that was said of a subject, in the order of recording: its attestations, their revocations, and the first
 * observation of each log. `trailOf` of their ids (src/protocol/trail.ts) is the word that the ledger keeps.
 */
export async function trailOn(db: Db, subject: Hex): Promise<TrailRow[]> {
  const { rows } = await sql<TrailRow>`
    select id, type, recorded_at as "recordedAt" from (
      select id, seq, recorded_at, 'Attestation' as type from attestation where subject = ${bytes(subject)}
      union all
      select revocation.id, revocation.seq, revocation.recorded_at, 'Revocation'
      from revocation join attestation on attestation.id = revocation.attestation
      where attestation.subject = ${bytes(subject)}
      union all
      select id, seq, recorded_at, 'Observation' from observation
      where subject = ${bytes(subject)} and previous = ${bytes(ZERO_BYTES32)}
    ) said order by seq`.execute(db);
  return rows;
}
