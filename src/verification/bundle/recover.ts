import { keccak256, Signature, SigningKey } from 'ethers/crypto';
import { type Hex, hex } from '../../protocol/hex.ts';

const LENGTH = 2 + 2 * 65;
/** What a public key starts with: 0x, and 04 for both its coordinates. */
const UNCOMPRESSED = 4;

/** The key pair that signed, as the ledger recovers it: 65 bytes, v of 27 or 28, s in the lower half. Null = none did. */
export function recover(digest: Hex, signature: Hex): Hex | null {
  const v = signature.slice(-2);
  if (signature.length !== LENGTH || (v !== '1b' && v !== '1c')) return null;
  try {
    const key = SigningKey.recoverPublicKey(digest, Signature.from(signature));
    return hex(`0x${keccak256(`0x${key.slice(UNCOMPRESSED)}`).slice(-40)}`);
  } catch {
    return null;
  }
}
