import { describe, expect, test } from 'vitest';
import { assembleBlocks, ChainMoved, headerOf, type RawLog } from '../../src/chain/ledger.ts';
import { FakeChain } from '../support/fake-chain.ts';

function sample(...events: number[]): { headers: ReturnType<typeof headerOf>[]; logs: RawLog[] } {
  const chain = new FakeChain();
  chain.mine(...events);
  return { headers: chain.blocks.map(headerOf), logs: chain.blocks.flatMap(({ logs }) => logs) };
}

describe('blocks from headers and logs', () => {
  test('events come in the order of the stream, however the node lists them', () => {
    const { headers, logs } = sample(2, 0, 3);
    const blocks = assembleBlocks(headers, logs.toReversed());
    expect(blocks.map(({ events }) => events.map(({ logIndex }) => logIndex))).toEqual([
      [],
      [0, 1],
      [],
      [0, 1, 2],
    ]);
    expect(blocks[1]).toMatchObject({ number: 1, parent: headers[0]?.hash, time: 1_001 });
  });

  test('a log that is listed twice counts once', () => {
    const { headers, logs } = sample(2);
    expect(assembleBlocks(headers, [...logs, ...logs])[1]?.events).toHaveLength(2);
  });

  test('a log of another block at that height means that the chain moved', () => {
    const [one, other] = [sample(1), sample(1)];
    const foreign = { ...(other.logs[0] as RawLog), blockHash: `0x${'ee'.repeat(32)}` as const };
    expect(() => assembleBlocks(one.headers, [foreign])).toThrow(ChainMoved);
  });

  test('so does a log without a header, and one that was taken back', () => {
    const { headers, logs } = sample(1, 1);
    expect(() => assembleBlocks(headers.slice(0, 2), logs)).toThrow(ChainMoved);
    expect(() => assembleBlocks(headers, [{ ...(logs[0] as RawLog), removed: true }])).toThrow(ChainMoved);
  });

  test('so does a header that does not follow from the one before', () => {
    const chain = new FakeChain();
    chain.mine(0, 0);
    const before = chain.blocks.slice(0, 2).map(headerOf);
    chain.reorg(0, 0, 0);
    expect(() => assembleBlocks([...before, ...chain.blocks.slice(2).map(headerOf)], [])).toThrow(ChainMoved);
    const apart = [chain.blocks[0], chain.blocks[2]].map((raw) => headerOf(raw as never));
    expect(assembleBlocks(apart, [])).toHaveLength(2);
  });
});
