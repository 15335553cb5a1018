import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { LedgerBlock } from '../../src/chain/events.ts';
import { type LedgerNode, nodeOver } from '../../src/chain/node.ts';
import { readingAhead } from '../../src/indexer/ahead.ts';
import { UNFILED } from '../../src/indexer/step.ts';
import { FakeChain } from '../support/fake-chain.ts';

const BLOCKS = 120;
const SPARSE = 60;
const WEIGHT = 10;

let chain: FakeChain;
let asked: [number, number][];
let node: LedgerNode;

beforeAll(() => {
  chain = new FakeChain();
  chain.mine(...Array.from({ length: BLOCKS }, (_, index) => (index < SPARSE ? 1 : 5)));
  chain.mine(...Array.from({ length: UNFILED }, () => 0));
});

beforeEach(() => {
  chain.finalized = BLOCKS;
  asked = [];
  const plain = nodeOver(chain, chain.ledger);
  node = readingAhead({ ...plain, settledBlocks: noting(plain) }, WEIGHT);
});

function noting(plain: LedgerNode): LedgerNode['settledBlocks'] {
  return (from, to) => {
    asked.push([from, to]);
    return plain.settledBlocks(from, to);
  };
}

async function readAll(): Promise<LedgerBlock[][]> {
  const { finalized } = await node.tips();
  const ranges: LedgerBlock[][] = [];
  for (let from = 1; from <= finalized; ) {
    const blocks = await node.settledBlocks(from, finalized);
    ranges.push(blocks);
    from = (blocks.at(-1)?.number ?? finalized) + 1;
  }
  return ranges;
}

test('every block comes once, in order', async () => {
  const blocks = (await readAll()).flat();
  expect(blocks.map(({ number }) => number)).toEqual(Array.from({ length: BLOCKS }, (_, index) => index + 1));
  expect(blocks.at(-1)?.events).toHaveLength(5);
});

test('the next range is under way when one is handed over, and is not asked for again', async () => {
  await node.tips();
  const first = await node.settledBlocks(1, BLOCKS);
  const next = (first.at(-1)?.number ?? 0) + 1;
  expect(asked.map(([from]) => from)).toEqual([1, next]);
  await node.settledBlocks(next, BLOCKS);
  expect(asked.filter(([from]) => from === next)).toHaveLength(1);
});

test('ranges hold about as many events, however dense the blocks are', async () => {
  const sizes = (await readAll()).map((blocks) => blocks.reduce((sum, { events }) => sum + events.length, 0));
  // One range after blocks became denser is longer than wished for: it was on its way.
  const heavy = sizes.slice(1).filter((size) => size > 2 * WEIGHT);
  expect(heavy.length).toBeLessThanOrEqual(2);
  expect(sizes.length).toBeGreaterThan((6 * SPARSE) / WEIGHT / 2);
});

test('what is not final is not read ahead', async () => {
  chain.finalized = 30;
  await node.tips();
  await node.settledBlocks(1, 30);
  expect(asked).toEqual([[1, 30]]);
});

test('what is so new that its logs may not be filed yet is not read ahead', async () => {
  chain.finalized = BLOCKS + UNFILED;
  await node.tips();
  await node.settledBlocks(BLOCKS - 20, BLOCKS);
  expect(asked).toEqual([[BLOCKS - 20, BLOCKS]]);
});

test('a range that failed on its way is asked for again', async () => {
  await node.tips();
  const first = await node.settledBlocks(1, 10);
  const next = (first.at(-1)?.number ?? 0) + 1;
  chain.isAway = true;
  await expect(node.settledBlocks(next, BLOCKS)).rejects.toThrow();
  chain.isAway = false;
  expect((await node.settledBlocks(next, BLOCKS))[0]?.number).toBe(next);
});

test('another range than the one that is on its way is read as asked for', async () => {
  await node.tips();
  await node.settledBlocks(1, 10);
  const blocks = await node.settledBlocks(5, 7);
  expect(blocks.map(({ number }) => number)).toEqual([5, 6, 7]);
});
