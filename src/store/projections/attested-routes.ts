import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../schema.ts';

/** Writes down on which routes attested lots travelled, as of these blocks: see 0013-attested-routes.sql. */
export async function writeAttestedRoutes(db: Db, { from, to }: { from: number; to: number }): Promise<void> {
  const within = (block: RawBuilder<unknown>) => sql`${block} between ${from} and ${to}`;
  // The lots arrive as an array for the reason that `refreshLotsOf` gives.
  await sql`
    insert into attested_route (from_facility, to_facility, lot, block)
    select from_facility, to_facility, sent.lot, min(greatest(sent.block, attestation.block))
    from attestation
    join lot_event sent on sent.lot = attestation.subject and sent.kind = 'dispatch'
    join dispatch on dispatch.id = sent.statement
    where attestation.subject = any(array(
      select subject from attestation where ${within(sql`attestation.block`)}
      union
      select lot from lot_event
      where ${within(sql`lot_event.block`)} and kind = 'dispatch'
        and exists (select from attestation where subject = lot_event.lot)))
    group by 1, 2, 3
    on conflict do nothing`.execute(db);
}
