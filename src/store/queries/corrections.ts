import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/** The correction that undid a production. Null while it stands, and where there is no such production. */
export async function correctionOf(db: Db, production: Hex): Promise<Hex | null> {
  const row = await db
    .selectFrom('correction')
    .select('id')
    .where('production', '=', bytes(production))
    .executeTakeFirst();
  return row?.id ?? null;
}
