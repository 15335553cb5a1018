import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMass, MAX_MILLIGRAMS, parseMass } from '../../src/protocol/mass.ts';

describe('masses as people type them', () => {
  test.each([
    ['25 t', 25_000_000_000n],
    ['7.5kg', 7_500_000n],
    ['300 mg', 300n],
    ['0.001 g', 1n],
    ['1.000000001 t', 1_000_000_001n],
    ['2 TNE', 2_000_000_000n],
  ])('%s', (text, milligrams) => expect(parseMass(text)).toBe(milligrams));

  test.each([
    ['25', 'write a number and a unit'],
    ['25 lb', 'write a number and a unit'],
    ['-1 kg', 'write a number and a unit'],
    ['1,5 kg', 'write a number and a unit'],
    ['0.5 mg', 'finer than a milligram'],
    ['9223372036854775808 mg', 'more than'],
  ])('%s is refused', (text, why) => expect(() => parseMass(text)).toThrow(why));

  test('what is written can be read again, to the milligram', () => {
    fc.assert(fc.property(fc.bigInt(0n, MAX_MILLIGRAMS), (mass) => parseMass(formatMass(mass)) === mass));
    expect(formatMass(7_500_000n)).toBe('7.5 kg');
  });
});
