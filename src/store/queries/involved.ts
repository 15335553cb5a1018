import { sql } from 'kysely';
import { type Hex, partyOfSubject, partySubject } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';

/** What a party's account is padded with, where it is a subject. */
const NO_ACCOUNT: Hex = `0x${'00'.repeat(12)}`;

/**
 * The parties to a thing: who operates the site; who made the lot and who holds it; both ends of a dispatch, or of the one
 * that a receipt answers; who made the production; who attested, and the parties to what was attested to. Empty where there
 * is no such thing.
 * @param id of any of these, or a party's account padded to 32 bytes
 */
export async function partiesTo(db: Db, id: Hex): Promise<Hex[]> {
  const party = partyOfSubject(id);
  const isParty = partySubject(party) === id;
  const { rows } = await sql<{ party: Hex }>`
    with subject (id) as (
      select ${bytes(id)}::bytea
      union select subject from attestation where id = ${bytes(id)}
      union select dispatch from receipt where id = ${bytes(id)}
    )
    select operator::bytea as party from facility join subject using (id)
    union select custodian from production join subject using (id)
    union select production.custodian from lot join subject using (id) join production on production.id = lot.production
    union select custodian from lot_current join subject on subject.id = lot
    union select consignor from dispatch join subject using (id)
    union select consignee from dispatch join subject using (id)
    union select auditor from attestation join subject using (id)
    union select substr(attestation.subject, 13) from attestation
      where id = ${bytes(id)} and substr(attestation.subject, 1, 12) = ${bytes(NO_ACCOUNT)}
    union select ${bytes(party)}::bytea where ${isParty}`.execute(db);
  return rows.map((row) => row.party);
}
