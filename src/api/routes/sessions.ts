import { randomBytes } from 'node:crypto';
import { hashMessage } from 'ethers/hash';
import { z } from 'zod';
import { type Hex, hex } from '../../protocol/hex.ts';
import { readSignIn, type SignIn, signInText } from '../../protocol/sign-in.ts';
import { presentKey } from '../../store/queries/keys.ts';
import { endSession, openSession, serverSecret } from '../../store/sessions.ts';
import type { Context } from '../context.ts';
import { isSignedBy } from '../intake/authority.ts';
import { newNonce, nonceExpiry } from '../nonces.ts';
import { ProblemError } from '../problems.ts';
import { requireReader, tokenHash } from '../reader.ts';
import { answer, route } from '../route.ts';
import { session, signInDraft, signInInput } from '../schemas/sessions.ts';
import { accountParam } from './inputs.ts';

const NONCE_SECONDS = 600;
const SESSION_SECONDS = 3_600;
const STATEMENT =
  'Sign in to Lodebook, to see what is shared with your organisation. This sends no transaction.';

export const getSignIn = route({
  method: 'get',
  path: '/v1/sign-in',
  operationId: 'getSignIn',
  summary: 'What to sign, to sign in',
  description:
    'Sign-In with Ethereum (EIP-4361): a text for the account to sign, bound to this server, this chain and a nonce that ' +
    'is good for ten minutes and for one session. Who has a library for such messages takes the parts and writes its own.',
  tags: ['sessions'],
  access: 'anybody',
  query: z.strictObject({ account: accountParam.describe('Whose key will sign.') }),
  example: { query: `account=0x${'a1'.repeat(20)}` },
  responses: { 200: { description: 'The message and its parts.', schema: signInDraft } },
  errors: ['database-unavailable'],
  cache: 'no-store',
  handler: async (context, { query: { account } }) => {
    const now = context.clock();
    const expiresAt = now + NONCE_SECONDS;
    const nonce = newNonce(await serverSecret(context.db), expiresAt);
    const place = placeOf(context);
    const times = { issuedAt: now, expiresAt: null, notBefore: null };
    const message = signInText({ ...place, account, nonce, ...times }, STATEMENT);
    return answer(200, { message, ...place, nonce, expiresAt });
  },
});

export const postSession = route({
  method: 'post',
  path: '/v1/sessions',
  operationId: 'signIn',
  summary: 'Sign in',
  description:
    'Takes the signed message, and gives a token that is good for an hour at most, and for as long as the account is the ' +
    "party's present key. Delegates sign statements, and do not sign in. No key ever comes here.",
  tags: ['sessions'],
  access: 'anybody',
  body: signInInput,
  responses: { 201: { description: 'The session.', schema: session } },
  errors: ['sign-in-invalid', 'signature-invalid', 'chain-unavailable', 'database-unavailable', 'read-only'],
  cache: 'no-store',
  handler: async (context, { body }) => {
    const now = context.clock();
    const signIn = readSignIn(body.message);
    if (!signIn) throw refusedSignIn('the text is not a message of EIP-4361, version 1');
    requirePlace(context, signIn);
    const nonceUntil = await requireTime(context, signIn, now);
    const party = body.party ?? signIn.account;
    if ((await presentKey(context.db, party))?.key !== signIn.account)
      throw refusedSignIn(`${signIn.account} is not the key that signs for party ${party}`);
    const digest = hex(hashMessage(body.message));
    if (!(await isSignedBy(context, signIn.account, { digest, signature: body.signature })))
      throw new ProblemError('signature-invalid', `The message is not signed by ${signIn.account}.`);
    const token: Hex = `0x${randomBytes(32).toString('hex')}`;
    const expiresAt = Math.min(now + SESSION_SECONDS, signIn.expiresAt ?? Number.POSITIVE_INFINITY);
    const opened = { party, account: signIn.account, expiresAt };
    const kept = { token: tokenHash(token), nonce: signIn.nonce, nonceUntil, ...opened };
    if (!(await openSession(context.db, kept, now)))
      throw refusedSignIn('its nonce opened a session already; ask for another');
    return answer(201, { token, ...opened });
  },
});

export const postSessionEnd = route({
  method: 'post',
  path: '/v1/sessions/end',
  operationId: 'signOut',
  summary: 'Sign out',
  description: 'Ends the session whose token the request carries.',
  tags: ['sessions'],
  access: 'anybody',
  body: z.strictObject({}),
  responses: { 200: { description: 'It is over.', schema: z.object({ ended: z.literal(true) }) } },
  errors: ['sign-in-required', 'database-unavailable', 'read-only'],
  cache: 'no-store',
  handler: async ({ db }, _input, { reader }) => {
    await endSession(db, requireReader(reader).token);
    return answer(200, { ended: true } as const);
  },
});

function placeOf({ publicUrl, ledger }: Context): Pick<SignIn, 'domain' | 'uri' | 'chainId'> {
  const uri = publicUrl();
  return { domain: new URL(uri).host, uri, chainId: ledger.chainId };
}

/** A message that was signed for another site, or another chain, opens nothing here. */
function requirePlace(context: Context, { domain, uri, chainId }: SignIn): void {
  const here = placeOf(context);
  if (domain !== here.domain) throw refusedSignIn(`it is for ${domain}, and this is ${here.domain}`);
  if (URL.parse(uri)?.origin !== new URL(here.uri).origin)
    throw refusedSignIn(`its URI is ${uri}, and this is ${here.uri}`);
  if (chainId !== here.chainId) throw refusedSignIn(`it is for chain ${chainId}, not for ${here.chainId}`);
}

/** @returns until when its nonce is good */
async function requireTime({ db }: Context, signIn: SignIn, now: number): Promise<number> {
  const until = nonceExpiry(await serverSecret(db), signIn.nonce);
  if (until === null) throw refusedSignIn('its nonce is not from here');
  if (now >= until || now >= (signIn.expiresAt ?? until)) throw refusedSignIn('it is too old');
  if ((signIn.notBefore ?? now) > now) throw refusedSignIn('it is not good yet');
  return until;
}

function refusedSignIn(why: string): ProblemError {
  return new ProblemError('sign-in-invalid', `The message signs nobody in: ${why}.`);
}
