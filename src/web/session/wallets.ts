import type { TypedDataDomain, TypedDataField } from 'ethers/hash';
import { type Hex, hex } from '../../protocol/hex.ts';
import type { Identity, Signer } from './identity.ts';
import { Store } from './store.ts';

/** What a wallet offers to pages (EIP-1193). */
type Provider = { request(call: { method: string; params?: readonly unknown[] }): Promise<unknown> };

/** A wallet that announced itself (EIP-6963). */
export type WalletOffer = {
  readonly info: { readonly uuid: string; readonly name: string; readonly rdns: string };
  readonly provider: Provider;
};

/** The wallets of this browser. */
export const walletOffers = new Store<readonly WalletOffer[]>([]);

let isListening = false;

/** Asks the wallets of this browser to say that they are there. */
export function discoverWallets(): void {
  if (!isListening)
    window.addEventListener('eip6963:announceProvider', (event) => {
      const { detail: offer } = event as CustomEvent<WalletOffer>;
      const known = walletOffers.value;
      if (!known.some(({ info }) => info.uuid === offer.info.uuid)) walletOffers.set([...known, offer]);
    });
  isListening = true;
  window.dispatchEvent(new Event('eip6963:requestProvider'));
}

/** Asks for the wallet's account. @throws what the wallet says, code 4001 where the person declined */
export async function connectWallet({ info, provider }: WalletOffer): Promise<Identity> {
  const account = accountIn(await provider.request({ method: 'eth_requestAccounts' }));
  if (!account) throw new Error(`${info.name} offers no account`);
  const { name, rdns } = info;
  return { kind: 'wallet', party: account, account, name, rdns, signer: walletSigner(provider, account) };
}

/** The wallet of last time, if it is there and still offers that account without asking. */
export async function reconnectWallet(rdns: string | undefined, account: Hex): Promise<Signer | null> {
  discoverWallets();
  const offer = walletOffers.value.find(({ info }) => info.rdns === rdns);
  if (!offer) return null;
  const offered = accountIn(await offer.provider.request({ method: 'eth_accounts' }).catch(() => []));
  return offered === account ? walletSigner(offer.provider, account) : null;
}

function accountIn(accounts: unknown): Hex | null {
  const [first] = Array.isArray(accounts) ? (accounts as unknown[]) : [];
  return typeof first === 'string' && /^0x[0-9a-fA-F]{40}$/.test(first) ? hex(first) : null;
}

/** Signs as an ethers wallet does; what is signed, the wallet shows once more. */
function walletSigner(provider: Provider, address: Hex): Signer {
  return {
    address,
    signMessage: async (message) => {
      const data = `0x${Array.from(new TextEncoder().encode(message), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      return signatureIn(await provider.request({ method: 'personal_sign', params: [data, address] }));
    },
    signTypedData: async (domain, types, value) => {
      const params = [address, typedDataJson(domain, types, value)];
      return signatureIn(await provider.request({ method: 'eth_signTypedData_v4', params }));
    },
  };
}

function signatureIn(answer: unknown): string {
  if (typeof answer === 'string' && /^0x([0-9a-fA-F]{2})+$/.test(answer)) return answer;
  throw new Error('The wallet gave no signature');
}

const DOMAIN = [
  { name: 'name', type: 'string' },
  { name: 'version', type: 'string' },
  { name: 'chainId', type: 'uint256' },
  { name: 'verifyingContract', type: 'address' },
];

/** As `eth_signTypedData_v4` takes it: masses as decimal strings. */
export function typedDataJson(
  domain: TypedDataDomain,
  types: Record<string, TypedDataField[]>,
  message: Record<string, unknown>,
): string {
  const inner = new Set(
    Object.values(types).flatMap((fields) => fields.map(({ type }) => type.replace('[]', ''))),
  );
  const primaryType = Object.keys(types).find((name) => !inner.has(name));
  const data = { domain, types: { EIP712Domain: DOMAIN, ...types }, primaryType, message };
  return JSON.stringify(data, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}
