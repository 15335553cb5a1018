import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { ChainMoved } from '../../src/chain/ledger.ts';
import { nodeOver } from '../../src/chain/node.ts';
import { look, nextStep, type Step } from '../../src/indexer/step.ts';
import { FakeChain } from '../support/fake-chain.ts';
import { MemoryIndex } from '../support/memory-index.ts';

let chain: FakeChain;
let index: MemoryIndex;

beforeEach(async () => {
  chain = new FakeChain();
  index = new MemoryIndex();
  await index.bind({ chainId: chain.chainId, ledger: chain.ledger, deployedAt: 1 });
});

const limits = { settled: 10, open: 4, unfiled: 0 };

async function step(own = limits): Promise<Step> {
  const node = nodeOver(chain, chain.ledger);
  return nextStep(node, index, await look(node, index), own);
}

/** Does what the step says. */
async function apply(): Promise<Step> {
  const next = await step();
  if (next.kind === 'rewind') await index.rewind(next.to);
  if (next.kind === 'extend') for (const block of next.blocks) await index.extend([block]);
  const finalized = 'finalized' in next ? next.finalized : -1;
  if (finalized > index.final) await index.finalize(finalized);
  return next;
}

/** Steps until nothing is new. @returns the kinds of the steps */
async function follow(): Promise<string[]> {
  const kinds: string[] = [];
  for (;;) {
    const { kind } = await apply();
    kinds.push(kind);
    if (kind === 'wait' || kind === 'refuse') return kinds;
  }
}

const events = (): string[] =>
  chain.blocks.flatMap(({ logs, number }) => logs.map((_, position) => `${Number(number)}.${position}`));

describe('extend', () => {
  test('from the block of the deployment on, in ranges, every block that may still change', async () => {
    chain.mine(1, 0, 2, 0, 0, 1);
    expect(await follow()).toEqual(['extend', 'extend', 'wait']);
    expect(index.blocks.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(index.positions()).toEqual(events());
    expect(index.final).toBe(0);
  });

  test('over final blocks without events, whose headers nobody needs', async () => {
    chain.mine(0, 1, ...Array<number>(20).fill(0), 2, 0);
    chain.finalized = 23;
    expect(await follow()).toEqual(['extend', 'extend', 'extend', 'extend', 'wait']);
    expect(index.blocks.map(({ number }) => number)).toEqual([2, 10, 20, 23, 24]);
    expect(index.positions()).toEqual(events());
    expect(index.final).toBe(23);
  });

  test('halves ranges that the node finds too wide', async () => {
    chain.mine(...Array<number>(15).fill(1));
    chain.finalized = 15;
    chain.widestRange = 3;
    await follow();
    expect(index.positions()).toEqual(events());
  });

  test('never calls a block final before the chain does, and counts 64 where the node has no tag', async () => {
    chain.mine(...Array<number>(70).fill(0));
    chain.finalized = null;
    await follow();
    expect(index.final).toBe(6);
    chain.mine(0);
    await follow();
    expect(index.final).toBe(7);
  });

  test('a log that the node lists twice counts once', async () => {
    chain.mine(2, 1);
    chain.tamper = (logs) => [...logs, ...logs];
    await follow();
    expect(index.positions()).toEqual(events());
  });

  test('asks again where the chain moved between a block’s header and its logs, so that none is missed', async () => {
    chain.mine(1);
    let batches = 0;
    chain.before = () => {
      batches += 1;
      // Tips, headers, then logs.
      if (batches === 3) chain.reorg(0, 3);
    };
    await expect(step()).rejects.toThrow(ChainMoved);
    await follow();
    expect(index.positions()).toEqual(['1.0', '1.1', '1.2']);
  });
});

describe('nodes at one address, of which some lag', () => {
  test('a range that comes without its newest logs costs none: near the tip, each block is asked for its own', async () => {
    chain.mine(1, 1, 1, 0);
    chain.finalized = 4;
    const { batch } = chain;
    chain.batch = async <T>(calls: Parameters<typeof batch>[0]) => {
      const answers = await batch.call(chain, calls);
      const isRange = ([method, [filter]]: (typeof calls)[number]): boolean =>
        method === 'eth_getLogs' && 'toBlock' in (filter as object);
      return answers.map((answer, at) =>
        calls[at] && isRange(calls[at]) ? (answer as unknown[]).slice(0, 1) : answer,
      ) as T[];
    };
    const near = { ...limits, unfiled: 3 };
    while ((await step(near)).kind === 'extend') {
      const next = await step(near);
      if (next.kind === 'extend') for (const block of next.blocks) await index.extend([block]);
    }
    expect(index.positions()).toEqual(events());
  });

  /** The tips are the newest node's; all other requests go to one that is still on the branch that was left. */
  function lagBehind(old: FakeChain['blocks']): () => void {
    const { blocks } = chain;
    let requests = 0;
    chain.before = () => {
      chain.blocks = requests === 0 ? blocks : old;
      requests += 1;
    };
    return () => {
      chain.before = () => {};
      chain.blocks = blocks;
    };
  }

  test('what a lagging one still has of a branch that was left is not gone on from', async () => {
    chain.mine(1, 1, 1, 1);
    await follow();
    const old = chain.blocks;
    chain.reorg(2, 1, 1, 0, 1, 1);
    chain.finalized = 6;
    lagBehind(old);
    expect((await step()).kind).toBe('rewind');
  });

  test('what a lagging one adds is not final by the word of another', async () => {
    chain.mine(1, 1);
    await follow();
    chain.mine(1, 1);
    const old = chain.blocks;
    chain.reorg(2, 1, 1);
    chain.finalized = 3;
    const catchUp = lagBehind(old);
    await apply();
    expect(index.final).toBe(2);
    catchUp();
    expect(await follow()).not.toContain('refuse');
  });
});

describe('rewind', () => {
  test('to the last common block, and on along the other branch', async () => {
    chain.mine(1, 1, 1, 1);
    await follow();
    chain.reorg(2, 0, 2, 1);
    expect(await step()).toEqual({ kind: 'rewind', to: 2 });
    expect(await follow()).toEqual(['rewind', 'extend', 'wait']);
    expect(index.positions()).toEqual(events());
    expect(index.blocks.map(({ hash }) => hash)).toEqual(chain.blocks.slice(1).map(({ hash }) => hash));
  });

  test('gives what a fresh index of the new branch holds', async () => {
    chain.mine(1, 0, 2, 0, 1);
    await follow();
    chain.reorg(1, 2, 0, 0, 3);
    await follow();
    const kept = index.blocks;
    index = new MemoryIndex();
    await index.bind({ chainId: chain.chainId, ledger: chain.ledger, deployedAt: 1 });
    await follow();
    expect(kept).toEqual(index.blocks);
  });

  test('onto a branch that is shorter for now', async () => {
    chain.mine(1, 1, 1, 1, 1);
    await follow();
    chain.reorg(2, 1);
    expect(await step()).toEqual({ kind: 'rewind', to: 2 });
  });

  test('down to the last final block, and no further', async () => {
    chain.mine(1, 1, 1, 1);
    chain.finalized = 2;
    await follow();
    chain.reorg(2, 1, 1, 1);
    expect(await step()).toEqual({ kind: 'rewind', to: 2 });
  });

  test('to nothing, where nothing is final and even the first block is another', async () => {
    chain.mine(1, 1);
    await follow();
    chain.reorg(0, 1, 1, 1);
    expect(await step()).toEqual({ kind: 'rewind', to: 0 });
    await follow();
    expect(index.positions()).toEqual(events());
  });
});

describe('refuse', () => {
  test.each([
    ['the final block itself', 3],
    ['a block below it', 1],
  ])('a chain that has another block at %s', async (_, forkedAt) => {
    chain.mine(1, 1, 1, 1, 1);
    chain.finalized = 4;
    await follow();
    const held = index.blocks.at(3);
    chain.finalized = forkedAt;
    chain.reorg(forkedAt, 1, 1, 1, 1, 1);
    expect(await step()).toEqual({
      kind: 'refuse',
      held: expect.objectContaining({ number: 4, hash: held?.hash }),
      chain: chain.blocks[4]?.hash,
    });
    expect(index.blocks).toHaveLength(5);
  });

  test('also where all that is held is final', async () => {
    chain.mine(1, 1);
    chain.finalized = 2;
    await follow();
    chain.reorg(1, 1, 1);
    expect(await step()).toMatchObject({ kind: 'refuse', held: { number: 2 } });
  });
});

describe('wait', () => {
  test('where the index is at the chain’s head; finality may rise meanwhile', async () => {
    chain.mine(1, 1, 1);
    await follow();
    expect(await step()).toEqual({ kind: 'wait', behind: false, finalized: 0 });
    chain.finalized = 3;
    await apply();
    expect(index.final).toBe(3);
  });

  test('for a node that is behind, and does not contradict', async () => {
    chain.mine(1, 1, 1);
    await follow();
    chain.blocks.pop();
    expect(await step()).toEqual({ kind: 'wait', behind: true, finalized: -1 });
    chain.blocks = chain.blocks.slice(0, 1);
    expect(await step()).toMatchObject({ kind: 'wait', behind: true });
  });

  test('even for one that lacks final blocks: that is no contradiction yet', async () => {
    chain.mine(1, 1, 1);
    chain.finalized = 3;
    await follow();
    chain.blocks = chain.blocks.slice(0, 3);
    chain.finalized = 2;
    expect(await step()).toMatchObject({ kind: 'wait', behind: true });
    chain.mine(1);
    expect(await step()).toMatchObject({ kind: 'refuse', held: { number: 3 } });
  });
});

test('whatever the chain does short of changing final blocks, the index ends as a fresh one does', async () => {
  const moves = fc.array(
    fc.record({
      depth: fc.nat(4),
      events: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
      steps: fc.nat(3),
    }),
    { maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(moves, async (story) => {
      chain = new FakeChain();
      index = new MemoryIndex();
      await index.bind({ chainId: chain.chainId, ledger: chain.ledger, deployedAt: 1 });
      for (const { depth, events, steps } of story) {
        chain.reorg(Math.max(chain.finalized ?? 0, chain.head - depth), ...events);
        chain.finalized = Math.max(chain.finalized ?? 0, chain.head - 4);
        for (let count = 0; count < steps; count++) await apply();
      }
      expect(await follow()).not.toContain('refuse');
      expect(index.positions()).toEqual(events());
      for (const { number, hash } of index.blocks) expect(hash).toBe(chain.blocks[number]?.hash);
    }),
  );
});
