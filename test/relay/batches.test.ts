import { beforeEach, describe, expect, test } from 'vitest';
import { MAX_GAS } from '../../src/chain/refusals.ts';
import type { FakePool } from '../support/fake-pool.ts';
import type { MemoryOutbox } from '../support/memory-outbox.ts';
import { PoolRelay } from '../support/pool-relay.ts';
import type { SignedStatement } from '../support/statements.ts';
import { until } from '../support/until.ts';

let bench: PoolRelay;
let pool: FakePool;
let outbox: MemoryOutbox;

beforeEach(async () => {
  bench = await PoolRelay.open();
  ({ pool, outbox } = bench);
});

describe('what waits together', () => {
  test('goes in one transaction, in order, and is in flight as one', async () => {
    const all = await bench.statements(40);
    const relay = bench.start();
    await bench.pooled(1);
    await until(() => relay.status().inFlight === 1);
    await bench.mineAll(all);
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
    expect(bench.loads(all)).toEqual([all.map((_, index) => index)]);
    expect(pool.taken[0]?.gas).toBe(40n * 125_000n);
  });

  test('goes in as many transactions as its gas takes', async () => {
    pool.gas = 2_000_000n;
    const all = await bench.statements(10);
    bench.start();
    await bench.pooled(3);
    await bench.mineAll(all);
    expect(bench.loads(all)).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
  });

  test('while some of it builds on the rest, that follows once the rest is recorded', async () => {
    const all = await bench.statements(6);
    all.slice(3).forEach(({ id }, index) => {
      pool.needs.set(id, (all[index] as SignedStatement).id);
    });
    bench.start();
    await bench.mineAll(all);
    expect(bench.loads(all)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(outbox.notes).toEqual([]);
  });

  test('while the outbox knows what it builds on, is not judged before that is in a block', async () => {
    const all = await bench.statements(2);
    const [first, second] = all as [SignedStatement, SignedStatement];
    outbox.waits.set(second.id, [first.id]);
    const judged: number[] = [];
    const estimate = pool.estimate.bind(pool);
    pool.estimate = (call) => {
      judged.push(all.findIndex(({ id }) => pool.carriedBy(call)[0]?.id === id));
      return estimate(call);
    };
    bench.start();
    await bench.pooled(1);
    await bench.mineAll(all);
    expect(judged).toEqual([0, 1]);
    expect(bench.loads(all)).toEqual([[0], [1]]);
  });
});

describe('a neighbour', () => {
  test('that the ledger refuses in the block leaves the others alone, and goes by itself from then on', async () => {
    const all = await bench.statements(3);
    const [, failing] = all as [SignedStatement, SignedStatement, SignedStatement];
    pool.failing.add(failing.id);
    bench.start();
    await bench.pooled(1);
    await pool.mine();
    await until(() => outbox.recorded().length === 2);
    const late = await bench.statements(2);
    await until(async () => {
      bench.now += 500;
      return bench.loads([...all, ...late]).length === 3;
    });
    expect(bench.loads([...all, ...late])).toEqual([[0, 1, 2], [3, 4], [1]]);
    expect(pool.taken.at(-1)?.gas).toBe(MAX_GAS);
    expect(outbox.rows[1]?.refused).toBeNull();
    pool.failing.clear();
    await bench.mineAll([...all, ...late], 500);
    expect(bench.log.lines).toContainEqual(expect.stringContaining('refused a statement in a block'));
  });

  test('that fails time and again is paid for five times, and shares a transaction once', async () => {
    const all = await bench.statements(3);
    const [hostile] = all as [SignedStatement];
    pool.failing.add(hostile.id);
    bench.start();
    await until(
      async () => {
        await bench.pass(1_000);
        return outbox.rejection(hostile.id);
      },
      { timeoutMs: 10_000 },
    );
    expect(bench.loads(all)).toEqual([[0, 1, 2], [0], [0], [0], [0]]);
    expect(outbox.recorded()).toHaveLength(2);
  });

  test('that the chain takes back with the block is judged anew: what refused it there is not final', async () => {
    const all = await bench.statements(2);
    const [failing] = all as [SignedStatement];
    pool.failing.add(failing.id);
    bench.start();
    await bench.pooled(1);
    await pool.mine();
    await until(() => outbox.recorded().length === 1);
    await pool.drop(0);
    pool.failing.clear();
    await bench.mineAll(all, 61_000);
    expect(outbox.notes).toEqual([]);
  });
});

describe('a batch', () => {
  test('that runs out of gas is nobody’s fault: each goes again, by itself, with all the gas there is', async () => {
    const all = await bench.statements(8);
    for (const { id } of all) pool.gasInBlock.set(id, 200_000n);
    bench.start();
    await bench.mineAll(all, 500);
    expect(bench.loads(all)).toEqual([all.map((_, index) => index), ...all.map((_, index) => [index])]);
    expect(pool.taken.slice(1).map(({ gas }) => gas)).toEqual(all.map(() => MAX_GAS));
    expect(outbox.rows.map(({ rejected }) => rejected)).toEqual(all.map(() => null));
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
  });

  test('that runs out of gas costs none of them a try', async () => {
    const all = await bench.statements(2);
    const [failing] = all as [SignedStatement];
    pool.gasInBlock.set(failing.id, MAX_GAS + 1n);
    bench.start();
    await until(
      async () => {
        await bench.pass(1_000);
        return outbox.rejection(failing.id);
      },
      { timeoutMs: 10_000 },
    );
    const alone = bench.loads(all).filter((load) => load.join() === '0');
    expect(alone).toHaveLength(5);
    expect(outbox.recorded()).toEqual([all[1]?.id]);
  });

  test('that the node turns away goes in single transactions', async () => {
    const all = await bench.statements(5);
    pool.largestBatch = 1;
    bench.start();
    await bench.mineAll(all, 500);
    expect(bench.loads(all)).toEqual(all.map((_, index) => [index]));
  });
});
