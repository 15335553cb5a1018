import type { Hex } from '../protocol/hex.ts';
import type { Db } from './schema.ts';
import { inTransaction } from './transactions.ts';
import { bytes } from './values.ts';

/** Somebody who is signed in: `account` signed for `party`. `token` is a hash of what the caller has. */
export type Session = {
  readonly token: Hex;
  readonly nonce: string;
  readonly party: Hex;
  readonly account: Hex;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** When its nonce could open no session any more. */
  readonly nonceUntil: number;
};

/** Opens a session, and forgets those that ended. @returns false where the nonce opened one before */
export function openSession(db: Db, session: Session, now: number): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    await trx.deleteFrom('session').where('kept_until', '<', now).execute();
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto('session')
      .values({
        ...{ token: bytes(session.token), nonce: session.nonce, party: bytes(session.party) },
        ...{ account: bytes(session.account), expires_at: session.expiresAt },
        kept_until: Math.max(session.expiresAt, session.nonceUntil),
      })
      .onConflict((conflict) => conflict.column('nonce').doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  });
}

/** The session of that token, unless it ended. */
export async function sessionOf(
  db: Db,
  token: Hex,
  now: number,
): Promise<Pick<Session, 'party' | 'account' | 'expiresAt'> | null> {
  const row = await db
    .selectFrom('session')
    .select(['party', 'account', 'expires_at as expiresAt'])
    .where('token', '=', bytes(token))
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/** Ends a session. Its nonce is spent all the same. */
export async function endSession(db: Db, token: Hex): Promise<void> {
  await db.updateTable('session').set({ expires_at: 0 }).where('token', '=', bytes(token)).execute();
}

/** What every process of the deployment knows, and nobody else. */
export async function serverSecret(db: Db): Promise<Hex> {
  return (await db.selectFrom('server_secret').select('secret').executeTakeFirstOrThrow()).secret;
}
