import { expect, test } from 'vitest';
import { cellsOf, csvOf, harmless } from '../../src/web/auditor/papers.ts';

const paper = {
  title: 'Mass balance',
  columns: ['Site', 'Mass'],
  rows: [
    ['=HYPERLINK("http://evil")', '-500'],
    ['Fine, "quoted"', '12'],
  ],
  query: '/v1/facilities/0x1/book',
  asOf: { block: 7, hash: '0xabc', time: 1_790_000_000 },
  at: 1_790_000_100,
};

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\tx', '\r=1', '\n=1'])(
  '%j cannot run as a formula',
  (cell) => {
    expect(harmless(cell)).toBe(`'${cell}`);
  },
);

test.each(['-500', '+3', '12.5', 'Kalenga', '0x12', ''])('%j stays what it is', (cell) => {
  expect(harmless(cell)).toBe(cell);
});

test('a working paper says of which block, when and what was asked', () => {
  expect(cellsOf(paper).slice(0, 4)).toEqual([
    ['Lodebook', 'Mass balance'],
    ['Query', '/v1/facilities/0x1/book'],
    ['Block', '7', '0xabc', '2026-09-21T14:13:20.000Z'],
    ['Read', '2026-09-21T14:15:00.000Z'],
  ]);
});

test('CSV quotes what needs it, and neutralises what a spreadsheet would run', () => {
  const lines = csvOf(paper).split('\r\n');
  expect(lines[0]?.charCodeAt(0)).toBe(0xfeff);
  expect(lines[6]).toBe(`"'=HYPERLINK(""http://evil"")",-500`);
  expect(lines[7]).toBe('"Fine, ""quoted""",12');
});
