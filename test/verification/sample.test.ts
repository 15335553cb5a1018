import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { drawSample, populationHash } from '../../src/verification/sample.ts';

const idOf = (number: number): Hex => `0x${number.toString(16).padStart(64, '0')}`;
const ids = Array.from({ length: 200 }, (_, number) => idOf(number + 1));
const seed: Hex = `0x${'5e'.repeat(32)}`;

/** The same by other means, byte by byte as the documents say. */
function drawnElsewhere(size: number): string[] {
  const keyOf = (id: Hex) =>
    createHash('sha256')
      .update(Buffer.from(seed.slice(2) + id.slice(2), 'hex'))
      .digest('hex');
  return [...ids].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, size);
}

test('a sample is what SHA-256 of seed and id says, whatever the order of the statements', () => {
  expect(drawSample(ids, seed, 12)).toEqual(drawnElsewhere(12));
  expect(drawSample(ids.toReversed(), seed, 12)).toEqual(drawnElsewhere(12));
  expect(drawSample(ids, seed, 500).toSorted()).toEqual(ids);
});

test('another seed draws another one, and a larger one begins with the smaller', () => {
  expect(drawSample(ids, idOf(7), 12)).not.toEqual(drawSample(ids, seed, 12));
  expect(drawSample(ids, seed, 40).slice(0, 12)).toEqual(drawSample(ids, seed, 12));
});

test('what was drawn from has one hash, whatever its order, and another with one statement less', () => {
  const whole = createHash('sha256').update(Buffer.from(ids.map((id) => id.slice(2)).join(''), 'hex'));
  expect(populationHash(ids.toReversed())).toBe(`0x${whole.digest('hex')}`);
  expect(populationHash(ids.slice(1))).not.toBe(populationHash(ids));
});
