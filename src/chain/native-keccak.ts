import { getHashes, hash } from 'node:crypto';
import { keccak256 } from 'ethers/crypto';

const NAME = 'keccak-256';

/**
 * Lets ethers, and all of Lodebook with it, hash by OpenSSL, ten times faster than in JavaScript. Without it, where
 * OpenSSL has no Keccak or in a browser, everything works as well, slower.
 */
export function hashNatively(): void {
  if (getHashes().includes(NAME)) keccak256.register((data) => hash(NAME, data, 'buffer'));
}
