import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytesArray } from '../values.ts';

/** Sites and ways, as columns of arrays: what happened at any of them may have been before the lot. */
export type Whereabouts = {
  readonly sites: Iterable<Hex>;
  readonly from: RawBuilder<unknown>;
  readonly to: RawBuilder<unknown>;
};

/**
 * Whether a disclosed concern may be of a production, lot or delivery before a lot's own: one of these places. It costs what
 * the ledger's disclosed concerns do.
 *
 * @param own the subjects that are read anyway
 */
export async function concernMayTouch(db: Db, own: Iterable<Hex>, at: Whereabouts): Promise<boolean> {
  const sites = bytesArray([...at.sites]);
  const { rows } = await sql<{ touches: boolean }>`
    select exists (
      select from concern join observation seen on seen.evidence = concern.root
      where seen.subject <> all(${bytesArray([...own])}) and (
        exists (select from production where id = seen.subject and facility = any(${sites}))
        or exists (select from lot join production on production.id = lot.production
          where lot.id = seen.subject and production.facility = any(${sites}))
        or exists (
          select from (
            select from_facility, to_facility from dispatch where id = seen.subject
            union all
            select from_facility, to_facility from receipt join dispatch on dispatch.id = receipt.dispatch
            where receipt.id = seen.subject
          ) as sent
          where (from_facility, to_facility) in
            (select start, destination from unnest(${at.from}, ${at.to}) as way (start, destination))))
    ) as touches`.execute(db);
  return rows[0]?.touches ?? true;
}
