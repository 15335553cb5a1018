import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Hex } from '../protocol/hex.ts';

const RANDOM = 12;
const TIME = 5;
const MAC = 16;

/**
 * A nonce that tells until when it is good, and that this deployment made it: nothing needs to be kept for strangers.
 * @param expiresAt Unix seconds
 */
export function newNonce(secret: Hex, expiresAt: number): string {
  const body = Buffer.alloc(TIME + RANDOM);
  body.writeUIntBE(expiresAt, 0, TIME);
  randomBytes(RANDOM).copy(body, TIME);
  return Buffer.concat([body, macOf(secret, body)]).toString('hex');
}

/** Until when a nonce is good (Unix seconds); null where this deployment did not make it. */
export function nonceExpiry(secret: Hex, nonce: string): number | null {
  if (!/^[0-9a-f]+$/.test(nonce) || nonce.length !== 2 * (TIME + RANDOM + MAC)) return null;
  const bytes = Buffer.from(nonce, 'hex');
  const body = bytes.subarray(0, TIME + RANDOM);
  if (!timingSafeEqual(macOf(secret, body), bytes.subarray(TIME + RANDOM))) return null;
  return body.readUIntBE(0, TIME);
}

function macOf(secret: Hex, body: Buffer): Buffer {
  return createHmac('sha256', Buffer.from(secret.slice(2), 'hex'))
    .update(body)
    .digest()
    .subarray(0, MAC);
}
