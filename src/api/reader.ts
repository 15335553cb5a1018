import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { type Hex, hex } from '../protocol/hex.ts';
import { presentKey } from '../store/queries/keys.ts';
import { sessionOf } from '../store/sessions.ts';
import type { Context } from './context.ts';
import { ProblemError } from './problems.ts';

/** The party that asks, where somebody signed in for it. `token` is the hash under which the session is kept. */
export type Reader = { readonly party: Hex; readonly token: Hex };

/**
 * Who asks, by `Authorization: Bearer …`; null where the request names nobody.
 * @throws ProblemError `session-invalid` for a session that is over: also once another key signs for the party
 */
export async function readerOf({ db, clock }: Context, request: Request): Promise<Reader | null> {
  const header = request.get('authorization');
  if (header === undefined) return null;
  const token = /^Bearer (0x[0-9a-f]{64})$/i.exec(header)?.[1];
  if (token === undefined) throw invalid('expected "Bearer", a space and the token of /v1/sessions');
  const hash = tokenHash(hex(token));
  const session = await sessionOf(db, hash, clock());
  if (!session) throw invalid('there is no such session, or it is over');
  const present = await presentKey(db, session.party);
  if (present?.key !== session.account)
    throw invalid(`${session.account} no longer signs for ${session.party}`);
  return { party: session.party, token: hash };
}

/** What is kept of a token: who reads the database cannot use it. */
export function tokenHash(token: Hex): Hex {
  return hex(
    `0x${createHash('sha256')
      .update(Buffer.from(token.slice(2), 'hex'))
      .digest('hex')}`,
  );
}

/** @throws ProblemError `sign-in-required` where nobody is signed in */
export function requireReader(reader: Reader | null): Reader {
  if (reader) return reader;
  throw new ProblemError(
    'sign-in-required',
    'Sign in first: GET /v1/sign-in gives the message, POST /v1/sessions takes it signed. Then send the token as ' +
      '"Authorization: Bearer …".',
  );
}

function invalid(why: string): ProblemError {
  return new ProblemError('session-invalid', `The Authorization header opens nothing: ${why}.`);
}
