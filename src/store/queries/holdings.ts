import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/** How many lots a party holds, how many are on their way to it, and how many it sent that have not arrived. */
export type Holdings = { readonly held: number; readonly incoming: number; readonly outgoing: number };

export async function holdingsOf(db: Db, party: Hex): Promise<Holdings> {
  const { rows } = await sql<Holdings>`
    select
      (select count(*)::int from lot_current where custodian = ${bytes(party)} and status = 'held') as held,
      (select count(*)::int from lot_current where status = 'in-transit'
        and facility in (select id from facility where operator = ${bytes(party)})) as incoming,
      (select count(*)::int from lot_current where custodian = ${bytes(party)} and status = 'in-transit') as outgoing`.execute(
    db,
  );
  return rows[0] ?? { held: 0, incoming: 0, outgoing: 0 };
}
