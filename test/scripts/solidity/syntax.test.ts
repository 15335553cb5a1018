import { expect, test } from 'vitest';
import { SourceText } from '../../../scripts/solidity/syntax.ts';

test('edits are by bytes, in any order, and an insertion comes before what stands there', () => {
  const source = new SourceText('é = 鈷;');
  expect(
    source.edited([
      { start: 5, end: 8, text: 'x' },
      { start: 0, end: 2, text: 'e' },
      { start: 5, end: 5, text: '-' },
    ]),
  ).toBe('e = -x;');
});

test('edits that overlap are refused', () => {
  const overlapping = [
    { start: 0, end: 3, text: '' },
    { start: 2, end: 4, text: '' },
  ];
  expect(() => new SourceText('abcdef').edited(overlapping)).toThrow('overlap at byte 2');
});

test('a statement ends with its semicolon, a line with its last character', () => {
  const source = new SourceText('é;\nf() ;\ng();');
  const call = { nodeType: 'ExpressionStatement', src: '4:3:0' };
  expect(source.text(source.statement(call))).toBe('f() ;');
  expect(source.text(source.lines({ start: 5, end: 6 }))).toBe('f() ;');
  expect(source.text(source.lines({ start: 5, end: 11 }))).toBe('f() ;\ng();');
  expect(source.lineAt(10)).toBe(3);
});
