import { type SqlBool, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/** Of rows of `outbox`: neither recorded nor rejected. */
export const isOpen = sql<SqlBool>`
  outbox.rejected_at is null and outbox.final_block is null
  and not exists (select from statement where statement.id = outbox.id)`;

/** What a statement that is closed no longer holds: heads that others might extend, and evidence roots. */
export async function releaseHolds(db: Db, id: Hex): Promise<void> {
  await db.deleteFrom('outbox_head').where('statement', '=', bytes(id)).execute();
  await db.deleteFrom('outbox_root').where('statement', '=', bytes(id)).execute();
}
