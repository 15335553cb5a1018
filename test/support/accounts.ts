import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { Wallet } from 'ethers/wallet';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { type Domain, type Statement, typesOf } from '../../src/protocol/statements.ts';

/** Someone with a key: the same name is always the same account. */
export type Account = { readonly wallet: Wallet; readonly key: Hex; readonly address: Hex };

export function account(name: string): Account {
  const key = hex(keccak256(toUtf8Bytes(`Lodebook test account: ${name}`)));
  const wallet = new Wallet(key);
  return { wallet, key, address: hex(wallet.address) };
}

/** A statement's EIP-712 signature, by whoever has the wallet. */
export async function sign(domain: Domain, statement: Statement, wallet: Wallet): Promise<Hex> {
  return hex(await wallet.signTypedData(domain, typesOf(statement.type), statement.message));
}
