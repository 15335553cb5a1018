import type { MessageSigner, StatementSigner } from '../../client/sign.ts';
import type { Hex } from '../../protocol/hex.ts';
import { Store } from './store.ts';

export type Signer = StatementSigner & MessageSigner;

/** Who acts here: for a party, with a key. `signer`: null while the key is locked. */
export type Identity = {
  readonly kind: 'key' | 'wallet' | 'persona';
  readonly party: Hex;
  readonly account: Hex;
  /** As the person, the wallet or the demo calls it. */
  readonly name: string;
  readonly signer: Signer | null;
  /** Of a wallet: which one, as EIP-6963 names it. */
  readonly rdns?: string;
};

/** `token`: of the session with the service, if there is one: it reads what is for the party alone. */
export type Session = { readonly me: Identity | null; readonly token: Hex | null };

export const session = new Store<Session>({ me: null, token: null });

const KEPT_AS = 'lodebook.me';

/** What is kept between visits: who it was, and never a key. */
export type Remembered = Omit<Identity, 'signer'>;

export function remember(me: Identity | null): void {
  localStorage.removeItem(KEPT_AS);
  if (!me) return;
  const { signer: _, ...kept } = me;
  localStorage.setItem(KEPT_AS, JSON.stringify(kept));
}

export function remembered(): Remembered | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as Remembered | null;
  } catch {
    return null;
  }
}
