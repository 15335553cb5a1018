import type { Hex } from '../protocol/hex.ts';
import type { ReadGrant } from '../protocol/read-grant.ts';
import type { Db } from './schema.ts';
import { bytes } from './values.ts';

/** Keeps a grant whose signature is checked. @returns false where one for that reader is kept that is not earlier */
export async function putGrant(db: Db, grant: ReadGrant, signature: Hex): Promise<boolean> {
  const word = { valid_until: grant.validUntil, issued_at: grant.issuedAt, signature: bytes(signature) };
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('read_grant')
    .values({ party: bytes(grant.party), reader: bytes(grant.reader), ...word })
    .onConflict((conflict) =>
      conflict
        .columns(['party', 'reader'])
        .doUpdateSet(word)
        // The same one again changes nothing; another one of that moment, which may come back later, does not count.
        .where((eb) =>
          eb.or([
            eb('read_grant.issued_at', '<', grant.issuedAt),
            eb.and([
              eb('read_grant.issued_at', '=', grant.issuedAt),
              eb('read_grant.valid_until', '=', grant.validUntil),
            ]),
          ]),
        ),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** The parties that let it read, now. */
export async function grantersOf(db: Db, reader: Hex, now: number): Promise<Hex[]> {
  const rows = await db
    .selectFrom('read_grant')
    .select('party')
    .where('reader', '=', bytes(reader))
    .where('valid_until', '>', now)
    .execute();
  return rows.map(({ party }) => party);
}

/** The grants that a party gave, or was given, the last one first; those that ended as well. */
export async function grantsOf(db: Db, party: Hex): Promise<ReadGrant[]> {
  return db
    .selectFrom('read_grant')
    .select(['party', 'reader', 'valid_until as validUntil', 'issued_at as issuedAt'])
    .where((eb) => eb.or([eb('party', '=', bytes(party)), eb('reader', '=', bytes(party))]))
    .orderBy('issued_at', 'desc')
    .execute();
}
