import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/failure.ts';
import {
  accountIn,
  commodityIn,
  contentIn,
  countryIn,
  durationIn,
  idIn,
  massIn,
  materialIn,
  outputIn,
  timeIn,
} from '../../src/cli/values.ts';

test('content is written as people do, and comes out sorted', () => {
  expect(contentIn('Ni=3kg, cobalt:recycled=2 kg,Co=7.5kg')).toEqual([
    { material: 27, recycled: false, milligrams: 7_500_000n },
    { material: 27, recycled: true, milligrams: 2_000_000n },
    { material: 28, recycled: false, milligrams: 3_000_000n },
  ]);
  expect(contentIn('')).toEqual([]);
});

test('a lot fits one argument', () => {
  expect(outputIn('2833.29 20 t Co=4.1t,Co:recycled=90kg @assay.json')).toEqual({
    commodity: 283_329,
    milligrams: 20_000_000_000n,
    content: [
      { material: 27, recycled: false, milligrams: 4_100_000_000n },
      { material: 27, recycled: true, milligrams: 90_000_000n },
    ],
    evidence: 'assay.json',
  });
  expect(outputIn('850760 400kg')).toMatchObject({
    milligrams: 400_000_000n,
    content: [],
    evidence: undefined,
  });
});

test('the rest is written as people do, too', () => {
  expect(massIn('300 mg')).toBe(300n);
  expect(materialIn('graphite')).toBe(128);
  expect([commodityIn('2836.91'), commodityIn('2836 91'), commodityIn('250410')]).toEqual([
    283_691, 283_691, 250_410,
  ]);
  expect(countryIn('cd')).toBe(180);
  expect([durationIn('36h'), durationIn('7d')]).toEqual([129_600, 604_800]);
  expect(timeIn('now', 17)).toBe(17);
  expect(timeIn('2026-03-01', 0)).toBe(Date.UTC(2026, 2, 1) / 1000);
  expect(timeIn('2026-03-01T10:00+01:00', 0)).toBe(Date.UTC(2026, 2, 1, 9) / 1000);
});

test.each([
  ['"7.5" is not a mass', () => massIn('7.5')],
  ['"Xx" is not a material', () => contentIn('Xx=3kg')],
  ['write MATERIAL=MASS', () => contentIn('Co 3kg')],
  ['write MATERIAL=MASS', () => contentIn('Co:new=3kg')],
  ['names a material twice', () => contentIn('Co=3kg,27=2kg')],
  ['write the six digits', () => commodityIn('2605')],
  ['"ZZ" is not a country', () => countryIn('ZZ')],
  ['is not a time', () => timeIn('2026-03-01T10:00', 0)],
  ['is not a length of time', () => durationIn('7')],
  ['is not the id of a facility', () => idIn('0x12', 'a facility')],
  ['is not an account', () => accountIn('0x12')],
  ['is not a lot', () => outputIn('cobalt 3kg')],
])('%s', (message, parse) => {
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});
