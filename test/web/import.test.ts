import { describe, expect, test } from 'vitest';
import { csvOf, harmless } from '../../src/web/components/csv.ts';
import { linkIn } from '../../src/web/components/lot-link.ts';
import { balanceOf, isPossible } from '../../src/web/supplier/balance.ts';
import { contentAt, milligramsOf } from '../../src/web/supplier/fields/mass.ts';
import { draftsOf, LOTS_A_STATEMENT } from '../../src/web/supplier/import/drafts.ts';
import { readRows } from '../../src/web/supplier/import/rows.ts';

const HEADER = ['commodity', 'mass', 'content', 'serial'];
const GOOD = ['2605.00', '12,5 t', 'Co=6.5%; copper=150 kg', 'S1'];

describe('a file of lots', () => {
  test('is read row by row, columns in any order, grades of the net mass', () => {
    const table = [
      ['Serial', 'CONTENT', 'mass', 'commodity', 'remark'],
      ['S1', 'Co=6.5%; copper=150 kg', '12,5 t', '2605.00', 'x'],
      ['', '', '', '', ''],
    ];
    const { lots, errors, missing } = readRows(table, false);
    expect({ errors, missing }).toEqual({ errors: [], missing: [] });
    expect(lots).toEqual([
      {
        row: 2,
        output: {
          commodity: 260500,
          milligrams: 12_500_000_000n,
          content: [
            { material: 27, recycled: false, milligrams: 812_500_000n },
            { material: 29, recycled: false, milligrams: 150_000_000n },
          ],
        },
        fields: { serial: 'S1' },
      },
    ]);
  });

  test('names each cell that is wrong, by row and column, and what stands there', () => {
    const table = [
      HEADER,
      GOOD,
      ['26', '1 lb', 'Xx=1%', ''],
      ['2605.00', '1 kg', 'Co=80%; Cu=300 g', ''],
      ['2605.00', '1 kg', 'Co=much', ''],
      [...GOOD.slice(0, 3), 'S1'],
    ];
    const { errors } = readRows(table, false);
    expect(errors).toEqual([
      { row: 3, column: 'commodity', what: 'commodity', found: '26' },
      { row: 3, column: 'mass', what: 'mass', found: '1 lb' },
      { row: 3, column: 'content', what: 'material', found: 'Xx=1%' },
      { row: 4, column: 'content', what: 'tooMuch', found: 'Co=80%; Cu=300 g' },
      { row: 5, column: 'content', what: 'content', found: 'Co=much' },
      { row: 6, column: 'serial', what: 'twice', found: 'S1' },
    ]);
  });

  test('without its columns is none', () => {
    expect(readRows([['mass'], ['1 kg']], false).missing).toEqual(['commodity', 'content']);
    expect(readRows([], false).missing).toHaveLength(3);
  });

  test('becomes as many statements as it takes, every row in one of them, in order', () => {
    const table = [
      HEADER,
      ...Array.from({ length: LOTS_A_STATEMENT + 1 }, (_, at) => [...GOOD.slice(0, 3), `S${at}`]),
    ];
    const { lots } = readRows(table, true);
    const made = { custodian: `0x${'a1'.repeat(20)}`, facility: `0x${'f1'.repeat(32)}` } as const;
    const drafts = draftsOf(lots, { ...made, process: 'collect', occurredAt: 1, recordBy: 2 });
    expect(drafts.map(({ rows }) => rows.length)).toEqual([LOTS_A_STATEMENT, 1]);
    expect(drafts.flatMap(({ rows }) => rows.map(({ row }) => row))).toEqual(lots.map(({ row }) => row));
    expect(drafts[0]?.draft.papers).toHaveLength(LOTS_A_STATEMENT);
  });
});

test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1'])('no spreadsheet runs %j', (cell) => {
  expect(harmless(cell)).toBe(`'${cell}`);
  expect(csvOf([[cell]])).toMatch(/^"?'/);
});

test('CSV keeps commas, quotes and line ends within their cells', () => {
  expect(csvOf([['a,b', '"c"', 'd\ne', 'f']])).toBe('"a,b","""c""","d\ne",f\r\n');
});

describe('masses and grades as they are typed', () => {
  test.each([
    [{ number: '12,5', unit: 't' }, 12_500_000_000n],
    [{ number: ' 0.001 ', unit: 'g' }, 1n],
    [{ number: '0.0001', unit: 'g' }, null],
    [{ number: '-1', unit: 'kg' }, null],
    [{ number: '', unit: 'kg' }, null],
  ] as const)('%j is %s mg', (typed, milligrams) => {
    expect(milligramsOf(typed)).toBe(milligrams);
  });

  test('a grade is exact, and rounds down at the milligram', () => {
    expect(contentAt('6.5', 12_500_000_000n)).toBe(812_500_000n);
    expect(contentAt('33,333333', 100n)).toBe(33n);
    expect(contentAt('100', 7n)).toBe(7n);
    for (const wrong of ['100.1', '-1', '1e1', '', 'x']) expect(contentAt(wrong, 100n)).toBeNull();
    expect(contentAt('5', null)).toBeNull();
  });
});

describe('a balance', () => {
  const cobalt = (milligrams: bigint, recycled = false) => ({ material: 27, recycled, milligrams });

  test('is per material, primary and recycled apart, and says what is lost', () => {
    const lines = balanceOf([[cobalt(10n)], [cobalt(5n, true)]], [[cobalt(8n)]]);
    expect(lines).toMatchObject([
      { recycled: false, input: 10n, output: 8n, loss: 2n },
      { recycled: true, input: 5n, output: 0n, loss: 5n },
    ]);
    expect(isPossible(lines, false)).toBe(true);
  });

  test('refuses what comes from nothing; only recycling makes primary recycled, within the total', () => {
    const turned = balanceOf([[cobalt(10n)]], [[cobalt(10n, true)]]);
    expect([isPossible(turned, false), isPossible(turned, true)]).toEqual([false, true]);
    const minted = balanceOf([[cobalt(10n)]], [[cobalt(11n, true)]]);
    expect(isPossible(minted, true)).toBe(false);
    const undone = balanceOf([[cobalt(10n, true)]], [[cobalt(10n)]]);
    expect(isPossible(undone, true)).toBe(false);
  });
});

test('whatever was scanned, the way is within this server', () => {
  const id = `0x${'Ab'.repeat(32)}`;
  expect(linkIn(`https://evil.example/lots/${id}?x`)).toBe(`/lots/${id.toLowerCase()}`);
  expect(linkIn('https://id.example/01/09520123456788/21/12345')).toBe('/01/09520123456788/21/12345');
  for (const wrong of ['', '0x12', 'javascript:alert(1)', '//evil.example/01/x', `${id}ff`])
    expect(linkIn(wrong)).toBeNull();
});
