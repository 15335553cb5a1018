import { Transaction } from 'ethers';
import { expect, onTestFinished, test } from 'vitest';
import { createEdr, latestBlock, rules } from '../../../src/chain/embedded/edr.ts';
import type { JournalBlock } from '../../../src/chain/embedded/records.ts';
import { Sequencer } from '../../../src/chain/embedded/sequencer.ts';
import { chainId, genesis, walletAt, wallets } from './accounts.ts';
import { payment } from './setup.ts';

/** A chain over a journal that writes when it is told to. */
async function chainOverSlowDisk() {
  const accounts = genesis.map(({ address, balance }) => ({ address, balance: balance.toString() }));
  const edr = await createEdr({
    format: 1,
    chainId,
    ...rules,
    genesis: accounts,
    genesisTime: 0,
    engine: '',
  });
  onTestFinished(() => edr.close());
  const writes: { blocks: JournalBlock[]; done(): void; fail(error: Error): void }[] = [];
  const journal = {
    append(blocks: JournalBlock[]) {
      const { promise, resolve: done, reject: fail } = Promise.withResolvers<void>();
      writes.push({ blocks, done, fail });
      return promise;
    },
    close: async () => {},
  };
  const parts = { edr, journal, parent: await latestBlock(edr), now: () => 1_800_000_000_000, log: () => {} };
  return { edr, writes, chain: new Sequencer(parts) };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((wake) => setTimeout(wake, 1));
}

test('neither a transaction nor a read is answered before its block is on disk', async () => {
  const { chain, writes, edr } = await chainOverSlowDisk();
  const raw = await payment(walletAt(0), 0);
  const answered: string[] = [];
  const sent = chain.send(raw).then((hash) => answered.push(hash));
  await until(() => writes.length === 1);
  expect(Number(await edr.request('eth_blockNumber'))).toBe(1);
  const read = chain.read('eth_blockNumber', []).then((height) => answered.push(height as string));
  const failed = chain.read('eth_getBlockByNumber', ['nonsense', false]).catch(() => answered.push('failed'));
  await new Promise((wake) => setTimeout(wake, 50));
  expect(answered).toEqual([]);
  writes[0]?.done();
  await Promise.all([sent, read, failed]);
  expect(answered.toSorted()).toEqual(['0x1', Transaction.from(raw).hash, 'failed'].toSorted());
  expect(writes[0]?.blocks).toEqual([
    { number: 1, timestamp: 1_800_000_000, hash: (await latestBlock(edr)).hash, transactions: [raw] },
  ]);
});

test('a block that cannot be written stops the chain for good', async () => {
  const { chain, writes } = await chainOverSlowDisk();
  const stopped = { code: 'journal-unwritable', message: expect.stringContaining('disk is full') };
  const sent = expect(chain.send(await payment(walletAt(0), 0))).rejects.toMatchObject(stopped);
  await until(() => writes.length === 1);
  const waiting = expect(chain.send(await payment(walletAt(1), 0))).rejects.toMatchObject(stopped);
  const read = expect(chain.read('eth_blockNumber', [])).rejects.toMatchObject(stopped);
  writes[0]?.fail(new Error('disk is full'));
  await Promise.all([sent, waiting, read]);
  await expect(chain.read('eth_blockNumber', [])).rejects.toMatchObject(stopped);
  await expect(chain.send(await payment(walletAt(2), 0))).rejects.toMatchObject(stopped);
  expect(writes).toHaveLength(1);
});

test('transactions that wait together share one sync', async () => {
  const { chain, writes } = await chainOverSlowDisk();
  const raws = await Promise.all(wallets.map((wallet) => payment(wallet, 0)));
  const sent = Promise.all(raws.map((raw) => chain.send(raw)));
  await until(() => writes.length === 1);
  expect(writes[0]?.blocks.map(({ transactions }) => transactions)).toEqual(raws.map((raw) => [raw]));
  writes[0]?.done();
  expect(await sent).toEqual(raws.map((raw) => Transaction.from(raw).hash));
});
