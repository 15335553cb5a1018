import { describe, expect, test } from 'vitest';
import { digitalLinkPath, gtin14, tradeItemIn } from '../../src/protocol/digital-link.ts';

describe('a GTIN', () => {
  test.each([
    ['9520123456788', '09520123456788'],
    ['09520123456788', '09520123456788'],
    ['614141123452', '00614141123452'],
    ['96385074', '00000096385074'],
  ])('%s is %s', (text, gtin) => {
    expect(gtin14(text)).toBe(gtin);
  });

  test.each(['9520123456789', '952012345678', '', 'abc', '09520123456788 ', '0095201234567881'])(
    '%j is none',
    (text) => {
      expect(gtin14(text)).toBeNull();
    },
  );
});

describe('a product', () => {
  const gtin = '9520123456788';

  test('needs a GTIN with a serial number or a batch', () => {
    expect(tradeItemIn({ gtin, serial: 'S/1', batch: 'B' })).toEqual({
      gtin: `0${gtin}`,
      serial: 'S/1',
      batch: 'B',
    });
    expect(tradeItemIn({ gtin, batch: 'B' })).toEqual({ gtin: `0${gtin}`, serial: null, batch: 'B' });
    for (const fields of [
      { gtin },
      { serial: 'S' },
      { gtin: 9520123456788, serial: 'S' },
      { gtin, serial: 7 },
    ])
      expect(tradeItemIn(fields)).toBeNull();
    for (const serial of ['', 'x'.repeat(21), 'ä', 'a b', 'a\0', '#'])
      expect(tradeItemIn({ gtin, serial })).toBeNull();
  });

  test('has its link by GS1: the batch before the serial number, escaped', () => {
    const item = { gtin: '09520123456788', serial: 'A/1%', batch: 'B7' };
    expect(digitalLinkPath(item)).toBe('/01/09520123456788/10/B7/21/A%2F1%25');
    expect(digitalLinkPath({ ...item, batch: null })).toBe('/01/09520123456788/21/A%2F1%25');
    expect(digitalLinkPath({ ...item, serial: null })).toBe('/01/09520123456788/10/B7');
  });
});
