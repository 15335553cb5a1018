import { Wallet } from 'ethers';

export const chainId = 41_414;

export const wallets = [1, 2, 3, 4].map((n) => new Wallet(`0x${String(n).repeat(64)}`));

export const genesis = wallets.map(({ address }) => ({ address, balance: 10n ** 24n }));

export function walletAt(index: number): Wallet {
  return wallets[index] as Wallet;
}
