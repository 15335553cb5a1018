import { Wallet } from 'ethers/wallet';
import type { PersonaList } from '../../api/schemas/demo.ts';
import { createClient } from '../../client/client.ts';
import { type Hex, hex } from '../../protocol/hex.ts';
import type { Identity, Signer } from './identity.ts';

export type Persona = PersonaList['items'][number];

/** Somebody of the demo, ready to sign: the key is public. */
export function personaIdentity({ key, party, name }: Persona): Identity {
  const wallet = new Wallet(key);
  return { kind: 'persona', party, account: hex(wallet.address), name, signer: wallet };
}

/** Undefined where this server offers nobody with that key. */
export async function personaSigner(account: Hex): Promise<Signer | undefined> {
  const { items } = await createClient({ api: location.origin, retries: 2 }).personas();
  const found = items.map(personaIdentity).find((persona) => persona.account === account);
  return found?.signer ?? undefined;
}
