import { recoverAddress } from 'ethers/transaction';
import { type Hex, hex } from '../../protocol/hex.ts';
import { authorOf, type Delegation } from '../../protocol/statements.ts';
import { delegationTo, presentKey } from '../../store/queries/keys.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import type { Submission } from '../schemas/submission.ts';
import { scopeOf } from '../scopes.ts';
import { refused } from './refused.ts';

/** `pending`: the signature holds once an accepted statement, a delegation or a key replacement, is recorded. */
export type Authority = { readonly pending: boolean };

/**
 * Refuses what neither the author's key signed, nor a delegate of it within its scope, by the index and the accepted
 * statements. What an account with code signed (ERC-1271) the contract judges, in the simulation.
 *
 * @throws ProblemError with what the contract would say
 */
export async function requireSignature(
  context: Context,
  submission: Submission,
  id: Hex,
): Promise<Authority> {
  const recovered = recover(id, submission.signature);
  const signer = submission.type === 'Observation' ? submission.message.device : recovered;
  if (signer !== recovered && !(await hasCode(context, signer as Hex)))
    throw invalid(submission, id, recovered, signer as Hex);
  return requireAuthority(context, submission, { id, signer });
}

/** Whether the account signs for the author: as its key, or as its delegate. */
async function requireAuthority(
  context: Context,
  submission: Submission,
  { id, signer }: { readonly id: Hex; readonly signer: Hex | null },
): Promise<Authority> {
  const party = authorOf(submission);
  const { key, number } = (await presentKey(context.db, party)) ?? { key: party, number: 0 };
  if (signer === key) return { pending: false };
  const open = await context.outbox.openOf(party, ['KeyReplacement', 'Delegation']);
  if (open.some(({ type, message }) => type === 'KeyReplacement' && message.key === signer))
    return { pending: true };
  const recorded = signer && (await delegationTo(context.db, party, signer));
  const asked = { party, scope: scopeOf(submission.type) ?? 0, now: context.clock() };
  if (recorded && recorded.keyNumber === number && permits(recorded, asked)) return { pending: false };
  const accepted = open.flatMap(({ type, message }) =>
    type === 'Delegation' && message.delegate === signer ? [message] : [],
  );
  if (accepted.some((delegation) => permits(delegation, asked))) return { pending: true };
  if (submission.type !== 'Observation' && (await hasCode(context, key))) return { pending: false };
  const newest = accepted.at(-1);
  const last = newest ? { ...newest, keyNumber: number } : recorded;
  const isDelegated = last !== null && asked.scope !== 0;
  if (isDelegated || submission.type === 'Observation')
    throw notDelegated({ ...asked, delegate: signer as Hex, recorded: last, number });
  throw invalid(submission, id, signer, key);
}

type Asked = { readonly party: Hex; readonly scope: number; readonly now: number };
type Given = Pick<Delegation, 'scope' | 'validUntil'>;

/** Whether what was delegated covers that, then. */
export function permits({ scope, validUntil }: Given, asked: Pick<Asked, 'scope' | 'now'>): boolean {
  return asked.now < validUntil && (scope & asked.scope) !== 0;
}

/** Whether the account is a contract. */
export async function hasCode({ chain }: Context, account: Hex): Promise<boolean> {
  return (await chain.code(account)) !== '0x';
}

type Undelegated = Asked & {
  readonly delegate: Hex;
  readonly recorded: (Given & { readonly keyNumber: number }) | null;
  readonly number: number;
};

function notDelegated({ party, delegate, scope, now, recorded, number }: Undelegated): ProblemError {
  const validUntil = recorded?.validUntil ?? 0;
  const isInForce = recorded?.keyNumber === number && now < validUntil;
  const args = { party, delegate, validUntil: String(validUntil), wanted: String(scope) };
  const error = isInForce ? 'DelegationOutOfScope' : 'DelegationEnded';
  const all = { ...args, scope: String(recorded?.scope ?? 0) };
  return refused(error, all, 'signature', `${delegate} may not sign this for ${party}`);
}

function invalid(submission: Submission, id: Hex, got: Hex | null, expected: Hex): ProblemError {
  return new ProblemError(
    'signature-invalid',
    `The signature over ${id} is ${got ? `that of ${got}` : 'not one of a key'}, not of ${expected}` +
      `${expected === authorOf(submission) ? '' : `, which signs for ${authorOf(submission)}`}. ` +
      'Sign with the domain and the types of /v1/protocol.',
    { errors: [{ path: 'signature', message: `expected the signature of ${expected}` }] },
  );
}

/** Whose key made the signature; null where none did. */
export function recover(digest: Hex, signature: Hex): Hex | null {
  try {
    return hex(recoverAddress(digest, signature));
  } catch {
    return null;
  }
}
