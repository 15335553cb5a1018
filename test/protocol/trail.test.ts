import { AbiCoder } from 'ethers/abi';
import { keccak256 } from 'ethers/crypto';
import { describe, expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { trailOf } from '../../src/protocol/trail.ts';

const word = (byte: string): Hex => `0x${byte.repeat(32)}`;

describe('the trail of a subject', () => {
  test('is empty at first, and folds each id as the contract does', () => {
    const encode = (trail: string, id: Hex) =>
      keccak256(AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32'], [trail, id]));
    expect(trailOf([])).toBe(ZERO_BYTES32);
    expect(trailOf([word('aa')])).toBe(encode(ZERO_BYTES32, word('aa')));
    expect(trailOf([word('aa'), word('bb')])).toBe(encode(encode(ZERO_BYTES32, word('aa')), word('bb')));
  });

  test('is another where an id is left out, added, or in another place', () => {
    const ids = [word('01'), word('02'), word('03')];
    const others = [
      ids.slice(1),
      ids.slice(0, 2),
      ids.toReversed(),
      [...ids, word('00')],
      [word('01'), word('03'), word('02')],
    ];
    expect(new Set([ids, ...others].map(trailOf)).size).toBe(6);
  });
});
