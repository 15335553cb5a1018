import { getBytes } from 'ethers/utils';
import type { Account } from '../../support/accounts.ts';
import type { Reader } from './reader.ts';

const NAME = 'Wallet of a test';

/** Puts a wallet into the browser, which announces itself (EIP-6963) and signs whatever it is asked to. */
async function announceWallet(reader: Reader, { wallet, address }: Account): Promise<void> {
  await reader.page.exposeFunction('walletAnswers', (method: string, params: readonly string[]) => {
    if (method === 'personal_sign') return wallet.signMessage(getBytes(params[0] ?? ''));
    if (method !== 'eth_signTypedData_v4') return [address];
    const { domain, types, message } = JSON.parse(params[1] ?? '');
    const { EIP712Domain: _, ...own } = types;
    return wallet.signTypedData(domain, own, message);
  });
  await reader.page.addInitScript((name) => {
    const { walletAnswers } = globalThis as unknown as {
      walletAnswers(method: string, params: readonly unknown[]): Promise<unknown>;
    };
    const provider = {
      request: ({ method, params = [] }: { method: string; params?: readonly unknown[] }) =>
        walletAnswers(method, params),
    };
    const info = { uuid: 'e5c6a0e2-5f9a-4a10-9a3e-0f6d6f1f3a10', name, rdns: 'example.wallet', icon: '' };
    const announce = () =>
      window.dispatchEvent(
        new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
      );
    window.addEventListener('eip6963:requestProvider', announce);
  }, NAME);
}

/** Opens the supplier's workspace as the account that a wallet holds; it is admitted already. */
export async function joinByWallet(reader: Reader, account: Account): Promise<void> {
  await announceWallet(reader, account);
  await reader.goto('/supplier');
  await reader.click(
    reader.page.locator('main').getByRole('button', { name: reader.says('supplier:choose') }),
  );
  await reader.button(NAME).waitFor();
  await reader.look('wallets');
  await reader.click(reader.button(NAME));
  await reader.page.getByRole('dialog').waitFor({ state: 'detached' });
  await reader.page.getByRole('heading', { level: 1, name: NAME }).waitFor();
}
