import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytesArray } from '../values.ts';

/** Those of the lots that were ever sent, by the index and the open statements. */
export async function movedOf(db: Db, lots: readonly Hex[]): Promise<Set<Hex>> {
  if (lots.length === 0) return new Set();
  const { rows } = await sql<{ lot: Hex }>`
    select lot from lot_event where lot = any(${bytesArray(lots)}) and kind = 'dispatch'
    union
    select lot from outbox_head where lot = any(${bytesArray(lots)}) and status = 'in-transit'`.execute(db);
  return new Set(rows.map(({ lot }) => lot));
}
