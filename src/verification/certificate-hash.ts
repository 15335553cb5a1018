import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { canonicalJson, type JsonValue } from '../protocol/evidence.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import type { Certificate } from './certificate.ts';

/** By which a certificate is known: keccak256 of its canonical JSON. */
export function certificateHash(certificate: Certificate): Hex {
  return hex(keccak256(toUtf8Bytes(canonicalJson(certificate as unknown as JsonValue))));
}
