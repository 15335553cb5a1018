import { readFile } from 'node:fs/promises';
import { decodeRlp, encodeRlp, getBytes } from 'ethers/utils';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hex, hex } from '../../../src/protocol/hex.ts';
import { bytesOf, readRlp } from '../../../src/verification/bundle/rlp.ts';

const { bundle } = JSON.parse(await readFile('test/vectors/bundle.json', 'utf8')) as {
  bundle: { header: Hex; nodes: Hex[] };
};
const bytes = fc.uint8Array({ maxLength: 70 }).map((value): Hex => `0x${Buffer.from(value).toString('hex')}`);
const items = fc.letrec((tie) => ({
  item: fc.oneof({ depthSize: 'small' }, bytes, fc.array(tie('item'), { maxLength: 20 })),
})).item;

test('RLP reads as ethers reads it: nodes, headers, and whatever can be encoded', () => {
  for (const node of [bundle.header, ...bundle.nodes]) expect(readRlp(node)).toEqual(decodeRlp(node));
  fc.assert(
    fc.property(items, (item) => {
      expect(readRlp(hex(encodeRlp(item as never)))).toEqual(item);
    }),
  );
});

test('what is cut off, or goes on, is none', () => {
  const node = bundle.nodes[0] as Hex;
  for (let end = 2; end < node.length; end += 2)
    expect(() => readRlp(hex(node.slice(0, end)))).toThrow(RangeError);
  expect(() => readRlp(hex(`${node}00`))).toThrow(RangeError);
  // A list that ends inside of an item, and a length that is longer than the text.
  for (const text of ['0xc281', '0xc18100', '0xb8', '0xbfffffffffffffffff', '0xff00', '0x'] as const)
    expect(() => readRlp(text)).toThrow(RangeError);
});

test('bytes are those of the text', () => {
  fc.assert(
    fc.property(bytes, (text) => {
      expect([...bytesOf(text)]).toEqual([...getBytes(text)]);
    }),
  );
});
