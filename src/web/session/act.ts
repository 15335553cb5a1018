import { createClient } from '../../client/client.ts';
import { ApiProblem } from '../../client/errors.ts';
import { signerFor } from '../../client/sign.ts';
import type { Hex } from '../../protocol/hex.ts';
import { type Identity, remember, remembered, type Signer, session } from './identity.ts';
import { reconnectWallet } from './wallets.ts';

/** From now on acts as that. Where the key is open, it also signs in, so that the party's own things can be read. */
export async function become(me: Identity): Promise<void> {
  remember(me);
  session.set({ me, token: null });
  if (me.signer) await signIn(me);
}

/** Nobody acts here any more; keys stay where they are, locked. */
export function leave(): void {
  remember(null);
  session.set({ me: null, token: null });
}

/** Opens the key of whoever acts here. @throws WrongPassword */
export async function unlock(password: string, onProgress?: (part: number) => void): Promise<Signer> {
  const { me } = session.value;
  if (me?.kind !== 'key') throw new Error('There is no key to unlock');
  const { unlockKey } = await import('./keys.ts');
  const signer = await unlockKey(me.account, password, onProgress);
  await become({ ...me, signer });
  return signer;
}

/** A signer that signs for the party, whosever account it is. */
export function signerOf(me: Identity, signer: Signer): Signer {
  return { ...signerFor(me.party, signer), signMessage: (message) => signer.signMessage(message) };
}

/** A party that is not admitted yet has no session, and can read what everybody can. */
async function signIn(me: Identity): Promise<void> {
  if (!me.signer) return;
  try {
    const client = createClient({ api: location.origin, retries: 2 });
    const { token } = await client.signIn(me.signer, me.party);
    if (session.value.me === me) session.set({ me, token });
  } catch (error) {
    if (!(error instanceof ApiProblem) && navigator.onLine && !isDeclined(error)) throw error;
  }
}

/** Signs in once more, after the session is over. */
export async function renew(): Promise<void> {
  const { me } = session.value;
  if (!me) return;
  session.set({ me, token: null });
  await signIn(me);
}

/** EIP-1193: the person said no. */
function isDeclined(error: unknown): boolean {
  return (error as { code?: unknown }).code === 4001;
}

/** Whoever acted here last, as far as that needs no password. */
export async function restore(): Promise<void> {
  const last = remembered();
  if (!last) return;
  const signer = await reopened(last);
  if (signer === undefined) return leave();
  await become({ ...last, signer });
}

/** Null: it is there, and locked. Undefined: it is no longer there. */
async function reopened(last: { kind: Identity['kind']; account: Hex; rdns?: string }) {
  if (last.kind === 'persona') return (await import('./personas.ts')).personaSigner(last.account);
  if (last.kind === 'key')
    return (await (await import('./keys.ts')).findKey(last.account)) ? null : undefined;
  return (await reconnectWallet(last.rdns, last.account)) ?? null;
}
