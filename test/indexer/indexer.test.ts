import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { nodeOver } from '../../src/chain/node.ts';
import { type Indexer, type IndexerOptions, IndexRefused, startIndexer } from '../../src/indexer/indexer.ts';
import { FakeChain } from '../support/fake-chain.ts';
import { recordingLog } from '../support/log.ts';
import { MemoryIndex } from '../support/memory-index.ts';
import { until } from '../support/until.ts';

let chain: FakeChain;
let index: MemoryIndex;
let log: ReturnType<typeof recordingLog>;

beforeEach(() => {
  chain = new FakeChain();
  index = new MemoryIndex();
  log = recordingLog();
});

function start(options: Partial<IndexerOptions> = {}): Indexer & { stop(): Promise<void> } {
  const end = new AbortController();
  const indexer = startIndexer({
    node: nodeOver(chain, chain.ledger),
    store: index,
    identity: { chainId: chain.chainId, ledger: chain.ledger, deployedAt: 1 },
    signal: end.signal,
    log,
    pollMs: 5,
    ...options,
  });
  const stop = async (): Promise<void> => {
    end.abort();
    await indexer.done.catch(() => {});
  };
  onTestFinished(stop);
  return { ...indexer, stop };
}

const caughtUp = (indexer: Indexer): Promise<true> =>
  until(() => indexer.status().caughtUp && indexer.status().indexed === chain.head, {
    what: 'the index to catch up',
  });

describe('following a chain', () => {
  test('takes up where it stopped, and says how far it is', async () => {
    chain.mine(1, 0, 2);
    const first = start();
    await caughtUp(first);
    await first.stop();
    chain.mine(1);
    chain.finalized = 3;
    const second = start();
    await caughtUp(second);
    await until(() => second.status().finalized === 3);
    expect(second.status()).toEqual({ indexed: 4, chainHead: 4, finalized: 3, caughtUp: true, error: null });
    expect(index.positions()).toEqual(['1.0', '3.0', '3.1', '4.0']);
  });

  const blocksTold = async (): Promise<number[][]> => {
    const told: number[][] = [];
    await caughtUp(start({ onBlocks: (blocks) => told.push(blocks.map(({ number }) => number)) }));
    expect(index.calls.extend).toBe(told.length);
    return told;
  };

  test('writes one transaction per block with events, while blocks may change, and tells of it afterwards', async () => {
    chain.mine(1, 0, 0, 2, 0, 1, 0);
    expect(await blocksTold()).toEqual([[1], [2, 3, 4], [5, 6], [7]]);
  });

  test('writes settled blocks together, and those that may change, or lack their logs as yet, apart', async () => {
    const rest = Array.from({ length: 62 }, () => 0);
    chain.mine(1, 0, 0, 2, 0, 1, 0, 1, 1, ...rest);
    chain.finalized = 9;
    expect(await blocksTold()).toEqual([[1, 4, 6, 7], [8], [9], rest.map((_, index) => index + 10)]);
  });

  test('knows how far it is although the answer to a write was lost', async () => {
    chain.mine(1, 1);
    const extend = index.extend.bind(index);
    index.extend = async (blocks) => {
      await extend(blocks);
      index.extend = extend;
      throw new Error('the connection broke');
    };
    const indexer = start();
    await until(() => indexer.status().error === 'the connection broke');
    index.blocks.length = 1;
    chain.blocks.length = 2;
    indexer.poke();
    await caughtUp(indexer);
    expect(indexer.status()).toMatchObject({ indexed: 1, caughtUp: true });
  });

  test('looks at once when it is poked', async () => {
    const indexer = start({ pollMs: 60_000 });
    await until(() => indexer.status().caughtUp);
    chain.mine(1);
    indexer.poke();
    await until(() => indexer.status().indexed === 1, { timeoutMs: 2_000 });
  });

  test('takes a reorganisation back, and says so', async () => {
    chain.mine(1, 1, 1);
    const indexer = start();
    await caughtUp(indexer);
    chain.reorg(1, 2, 1, 1);
    await caughtUp(indexer);
    expect(index.positions()).toEqual(['1.0', '2.0', '2.1', '3.0', '4.0']);
    expect(log.lines).toContainEqual(expect.stringContaining('reorganised'));
  });

  test('waits for a chain that is away, shows it, and goes on', async () => {
    chain.mine(1);
    chain.isAway = true;
    const indexer = start();
    await until(() => indexer.status().error?.includes('away'));
    chain.isAway = false;
    indexer.poke();
    await caughtUp(indexer);
    expect(indexer.status().error).toBeNull();
  });

  test('waits for a database that is away', async () => {
    chain.mine(1);
    const extend = index.extend.bind(index);
    index.extend = () => Promise.reject(new Error('the database is away'));
    const indexer = start();
    await until(() => indexer.status().error === 'the database is away');
    index.extend = extend;
    indexer.poke();
    await caughtUp(indexer);
    expect(index.positions()).toEqual(['1.0']);
  });
});

describe('refusing a chain', () => {
  const refused = async (indexer: Indexer, code: IndexRefused['code']): Promise<string> => {
    const error = await indexer.done.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(IndexRefused);
    expect(error).toMatchObject({ code });
    expect(log.lines).toContainEqual(`error: ${(error as Error).message}`);
    expect(indexer.status()).toMatchObject({ caughtUp: false, error: (error as Error).message });
    return (error as Error).message;
  };

  test('that contradicts a final block: names both hashes, keeps what it holds', async () => {
    chain.mine(1, 1, 1);
    chain.finalized = 2;
    const indexer = start();
    await caughtUp(indexer);
    const held = chain.blocks[2]?.hash;
    chain.reorg(1, 1, 1, 1);
    const message = await refused(indexer, 'chain-contradicts');
    expect(message).toContain(held);
    expect(message).toContain(chain.blocks[2]?.hash);
    expect(message).toContain('rebuild the index');
    expect(index.positions()).toEqual(['1.0', '2.0', '3.0']);
  });

  test('without the contract', async () => {
    chain.hasCode = false;
    expect(await refused(start(), 'ledger-absent')).toContain(chain.ledger);
  });

  test('whose contract is of an older version', async () => {
    chain.isOlder = true;
    expect(await refused(start(), 'ledger-older')).toContain('Go on with the version that deployed it');
  });

  test('of another number', async () => {
    chain.chainId = 6;
    const identity = { chainId: 5, ledger: chain.ledger, deployedAt: 1 };
    expect(await refused(start({ identity }), 'other-chain')).toContain('chain 6');
  });

  test('for a database that holds another ledger’s index', async () => {
    await index.bind({ chainId: 5, ledger: `0x${'99'.repeat(20)}`, deployedAt: 1 });
    expect(await refused(start(), 'other-ledger')).toContain('99');
  });
});
