import { describe, expect, test } from 'vitest';
import { codeIn, shownText } from '../../src/web/buyer/code.ts';

const HERE = 'https://lodebook.example';
const LOT = `0x${'Ab'.repeat(32)}`;
const lot = { kind: 'lot', lot: LOT.toLowerCase() };
const item = { gtin: '09520123456788', serial: '12/45', batch: null };
const product = { kind: 'product', item };
const nothing = { kind: 'nothing' };

describe('of this server', () => {
  test.each([
    LOT,
    `  ${LOT}\n`,
    `Lot ${LOT}.`,
    `${HERE}/lots/${LOT}`,
    `${HERE}/lots/${LOT}/?policy=x#y`,
    `/lots/${LOT}`,
    `lodebook.example/lots/${LOT}`,
  ])('a lot: %j', (text) => {
    expect(codeIn(text, HERE)).toEqual({ named: lot, host: null });
  });

  test.each([
    `${HERE}/01/09520123456788/21/12%2F45`,
    `${HERE}/01/9520123456788/21/12%2F45?x=1`,
    '/01/09520123456788/21/12%2F45',
    '(01)09520123456788(21)12/45',
    '(01) 09520123456788 (21) 12/45',
  ])('a product: %j', (text) => {
    expect(codeIn(text, HERE)).toEqual({ named: product, host: null });
  });

  test('a product with its batch, before or without a serial number', () => {
    const both = { kind: 'product', item: { gtin: item.gtin, serial: '7', batch: 'B1' } };
    expect(codeIn(`${HERE}/01/${item.gtin}/10/B1/21/7`, HERE).named).toEqual(both);
    expect(codeIn(`(01)${item.gtin}(10)B1(21)7`, HERE).named).toEqual(both);
    const batch = { kind: 'product', item: { gtin: item.gtin, serial: null, batch: 'B1' } };
    expect(codeIn(`${HERE}/01/${item.gtin}/10/B1`, HERE).named).toEqual(batch);
  });
});

test.each([
  [`https://evil.example/lots/${LOT}`, 'evil.example', lot],
  [`https://lodebook.example.evil.example/lots/${LOT}`, 'lodebook.example.evil.example', lot],
  [`https://lodebook.example@evil.example:444/lots/${LOT}`, 'evil.example:444', lot],
  ['https://id.gs1.org/01/09520123456788/21/12%2F45', 'id.gs1.org', product],
  ['http://evil.example/login', 'evil.example', nothing],
  [`//evil.example/lots/${LOT}`, null, nothing],
])('%j is another site’s', (text, host, named) => {
  expect(codeIn(text, HERE)).toEqual({ named, host });
});

test.each([
  '',
  '0x12',
  `${LOT}ff`,
  `javascript:alert('${LOT}')//`,
  'javascript:alert(1)',
  `data:text/html,/lots/${LOT}`,
  `${HERE}/lots/..%2f..%2fx`,
  '(01)09520123456789(21)1',
  `${HERE}/01/09520123456788/21/%`,
  `${HERE}/01/09520123456788`,
  'x'.repeat(100_000),
])('%j names nothing', (text) => {
  expect(codeIn(text, HERE)).toEqual({ named: nothing, host: null });
});

test('what is shown of a text cannot hide, turn or break the line that it stands in', () => {
  expect(shownText('a\u202eb\u0000\n<b>')).toBe('a\\u{202e}b\\u{0}\\u{a}<b>');
  expect(shownText('x'.repeat(400))).toHaveLength(301);
});
