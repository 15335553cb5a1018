import type { Hex } from '../../protocol/hex.ts';
import { delegationTo, presentKey } from '../../store/queries/keys.ts';
import type { Context } from '../context.ts';
import { hasCode, permits, recover } from './signature.ts';

/** Something beside statements that somebody signed. */
export type SignedWord = { readonly digest: Hex; readonly signature: Hex };

/** Whether the account signed: its own key, or, where it has code, its contract says so (ERC-1271). */
export async function isSignedBy(
  context: Context,
  account: Hex,
  { digest, signature }: SignedWord,
): Promise<boolean> {
  if (recover(digest, signature) === account) return true;
  return (await hasCode(context, account)) && context.chain.isSignedBy(account, digest, signature);
}

/**
 * Whether a party signed: its present key, or a delegate whose delegation is in force and includes one of the scopes.
 * @param scopes bits of `scopes` in src/protocol/codes.ts, added up; 0 = its own key alone
 */
export async function isSignedFor(
  context: Context,
  { party, scopes }: { readonly party: Hex; readonly scopes: number },
  word: SignedWord,
): Promise<boolean> {
  const present = await presentKey(context.db, party);
  if (!present) return false;
  const signer = recover(word.digest, word.signature);
  if (signer && signer !== present.key && scopes !== 0) {
    const given = await delegationTo(context.db, party, signer);
    const isOfThisKey = given?.keyNumber === present.number;
    if (given && isOfThisKey && permits(given, { scope: scopes, now: context.clock() })) return true;
  }
  return isSignedBy(context, present.key, word);
}
