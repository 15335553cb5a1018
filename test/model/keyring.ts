import { SigningKey } from 'ethers/crypto';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { account } from '../support/accounts.ts';

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Who can sign: key pairs, and contracts that take what their owner signs (ERC-1271). */
export type Keyring = {
  /** Key pairs, by address. */
  readonly pairs: ReadonlyMap<Hex, SigningKey>;
  /** Accounts with code, and whose signature each takes; null = nobody's. */
  readonly contracts: ReadonlyMap<Hex, Hex | null>;
  sign(pair: Hex, digest: Hex): Hex;
  /**
   * The pair whose signature stands in the first 65 bytes, as `ecrecover` tells it, of either of its two forms. Told from
   * memory: what this keyring did not sign is a stranger's.
   */
  recover(digest: Hex, signature: Hex): Hex | null;
};

export function openKeyring(pairNames: readonly string[], contracts: ReadonlyMap<Hex, Hex | null>): Keyring {
  const pairs = new Map<Hex, SigningKey>();
  for (const name of pairNames) {
    const { address, key } = account(name);
    pairs.set(address, new SigningKey(key));
  }
  const signed = new Map<string, Hex>();
  return {
    pairs,
    contracts,
    sign(pair, digest) {
      const signature = hex((pairs.get(pair) as SigningKey).sign(digest).serialized);
      signed.set(digest + signature, pair).set(digest + mirrored(signature), pair);
      return signature;
    },
    recover: (digest, signature) => signed.get(digest + signature.slice(0, 132)) ?? null,
  };
}

/** The other signature that says the same: (r, n − s) with the other parity. Ethereum refuses the one with the high s. */
export function mirrored(signature: Hex): Hex {
  const s = (CURVE_ORDER - BigInt(`0x${signature.slice(66, 130)}`)).toString(16).padStart(64, '0');
  return hex(`${signature.slice(0, 66)}${s}${signature.slice(130) === '1b' ? '1c' : '1b'}`);
}

/** The key pair that OpenZeppelin's ECDSA tells from a signature: of 65 bytes, with the low s. */
export function recoveredPair(keyring: Keyring, digest: Hex, signature: Hex): Hex | null {
  const isWhole = signature.length === 132;
  return isWhole && BigInt(`0x${signature.slice(66, 130)}`) <= CURVE_ORDER / 2n
    ? keyring.recover(digest, signature)
    : null;
}

/** Whether an account's code takes the signature: the tests' accounts ask `ecrecover` alone, so either form will do. */
export function isTakenByContract(keyring: Keyring, account: Hex, digest: Hex, signature: Hex): boolean {
  const owner = keyring.contracts.get(account);
  return owner != null && keyring.recover(digest, signature) === owner;
}
