import { keccak256 } from 'ethers/crypto';
import { getBytes } from 'ethers/utils';
import { beforeEach, describe, expect, test } from 'vitest';
import { ChainMoved } from '../../src/chain/ledger.ts';
import { nodeOver } from '../../src/chain/node.ts';
import type { Rpc } from '../../src/chain/rpc.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { FakeChain } from '../support/fake-chain.ts';

let chain: FakeChain;

beforeEach(() => {
  chain = new FakeChain();
  chain.mine(1, 0, 2, 0);
});

const eventsOf = async (rpc: Rpc, to: number): Promise<number[]> => {
  const blocks = await nodeOver(rpc, chain.ledger).settledBlocks(0, to);
  return blocks.map(({ events }) => events.length);
};

describe('a settled range', () => {
  test('from a node that has all of it', async () => {
    expect(await eventsOf(chain, 4)).toEqual([1, 2, 0]);
    chain.widestRange = 2;
    expect(await eventsOf(chain, 3)).toEqual([1, 2]);
  });

  test.each([10, 2])(
    'a node that lags behind the one that is asked for headers loses no logs',
    async (widest) => {
      const lagging = new FakeChain();
      lagging.blocks = chain.blocks.slice(0, 2);
      lagging.widestRange = widest;
      const behind: Rpc = {
        send: (method, params) => chain.send(method, params),
        batch: (calls) => (calls.some(([method]) => method === 'eth_getLogs') ? lagging : chain).batch(calls),
      };
      await expect(eventsOf(behind, 3)).rejects.toThrow(ChainMoved);
    },
  );

  test('a node whose logs lag behind its own last block is found out by the block’s bloom filter', async () => {
    const last = chain.blocks[3] as (typeof chain.blocks)[number];
    last.logsBloom = bloomOf(chain.ledger);
    let isLagging = true;
    chain.tamper = (logs) => {
      const [lags, logsOfLast] = [isLagging, logs.filter(({ blockHash }) => blockHash === last.hash)];
      isLagging = false;
      return lags ? logs.filter((log) => !logsOfLast.includes(log)) : logs;
    };
    await expect(eventsOf(chain, 3)).rejects.toThrow(/left out the logs of block 3/);
    expect(await eventsOf(chain, 3)).toEqual([1, 2]);
  });

  test('a bloom filter that matches by chance is no fault', async () => {
    const last = chain.blocks[4] as (typeof chain.blocks)[number];
    last.logsBloom = `0x${'ff'.repeat(256)}`;
    expect(await eventsOf(chain, 4)).toEqual([1, 2, 0]);
  });
});

/** As the Yellow Paper has it: of each of the first three pairs of the hash's bytes, the low 11 bits number a bit. */
function bloomOf(address: Hex): Hex {
  const hash = getBytes(keccak256(address));
  const bits = [0, 2, 4].map((at) => (((hash[at] as number) % 8) << 8) + (hash[at + 1] as number));
  const bloom = bits.reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n);
  return `0x${bloom.toString(16).padStart(512, '0')}`;
}
