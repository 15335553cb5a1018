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

/** So that each statement fills a transaction. */
function oneEach(): void {
  pool.gas = 9_000_000n;
}

describe('a chain whose blocks take their time', () => {
  test('transactions are in flight together, at most 16, in order', async () => {
    oneEach();
    const all = await bench.statements(20);
    bench.start();
    await bench.pooled(16);
    expect(pool.taken.map(({ nonce }) => nonce)).toEqual(Array.from({ length: 16 }, (_, nonce) => nonce));
    await bench.mineAll(all);
    expect(bench.loads(all)).toEqual(all.map((_, index) => [index]));
  });

  test('one that extends another follows it, and is not held to be refused meanwhile', async () => {
    const all = await bench.statements(3);
    const [first, second, third] = all as [SignedStatement, SignedStatement, SignedStatement];
    pool.needs.set(second.id, first.id).set(third.id, second.id);
    bench.start();
    await bench.pooled(1);
    await bench.mineAll(all);
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
    expect(outbox.notes).toEqual([]);
  });

  test('one that is refused is noted, while its neighbours go on', async () => {
    const all = await bench.statements(3);
    const [first, ...rest] = all as [SignedStatement, SignedStatement, SignedStatement];
    bench.refuse(first);
    bench.start();
    await bench.mineAll(rest);
    await until(() => outbox.rows[0]?.refused);
    expect(outbox.rows[0]?.refused).toMatchObject({ code: 'reverted' });
    expect(outbox.rows[0]?.rejected).toBeNull();
    expect(bench.loads(all)).toEqual([[1, 2]]);
  });
});

describe('trouble', () => {
  test.each([
    ['after the relay saw it mined', 'each in its transaction', true],
    ['before', 'each in its transaction', false],
    ['after the relay saw it mined', 'in one batch', true],
    ['before', 'in one batch', false],
  ])('what a reorganisation dropped %s, %s, is sent again, in order', async (_, load, isSeen) => {
    if (load !== 'in one batch') oneEach();
    const all = await bench.statements(3);
    const relay = bench.start();
    await bench.pooled(load === 'in one batch' ? 1 : 3);
    await pool.mine();
    await bench.recorded(all);
    if (isSeen) await until(() => relay.status().inFlight === 0);
    await pool.drop(0);
    expect(outbox.recorded()).toEqual([]);
    bench.now += 61_000;
    await bench.mineAll(all);
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
  });

  test.each(['before', 'after'] as const)(
    'an answer that is lost %s the node takes it: sent again, counted once',
    async (when) => {
      oneEach();
      const all = await bench.statements(2);
      pool.loses = when;
      bench.start();
      await until(() => pool.pool.size > 0 || when === 'before');
      pool.loses = null;
      await bench.pooled(2);
      await bench.mineAll(all);
      expect(pool.taken).toHaveLength(2);
      expect(await pool.nonce()).toBe(2);
    },
  );

  test('a chain that goes away and comes back', async () => {
    const all = await bench.statements(4);
    const relay = bench.start();
    await bench.pooled(1);
    pool.isAway = true;
    await until(() => relay.status().error !== null);
    pool.isAway = false;
    relay.poke();
    await bench.mineAll(all);
    await until(() => relay.status().error === null && relay.status().inFlight === 0);
  });

  test('a transaction that no block takes is replaced by one that offers more', async () => {
    oneEach();
    const all = await bench.statements(2);
    bench.start();
    await bench.pooled(2);
    bench.now += 61_000;
    await until(() => pool.taken.length === 3);
    expect(pool.taken.at(-1)).toMatchObject({
      nonce: 0,
      data: pool.taken[0]?.data,
      fees: { maxFeePerGas: 13n },
    });
    await bench.mineAll(all);
    expect(await pool.nonce()).toBe(2);
  });

  test('offers rise until the chain takes them', async () => {
    const all = await bench.statements(2);
    pool.lowestFee = 17n;
    bench.start();
    await bench.mineAll(all);
    expect(pool.taken[0]).toMatchObject({ nonce: 0, fees: { maxFeePerGas: 20n } });
  });

  test('a nonce that went to someone else is not waited for', async () => {
    oneEach();
    const all = await bench.statements(2);
    bench.start();
    await bench.pooled(2);
    pool.spendNonce(0);
    await pool.mine();
    await bench.mineAll(all, 2_000);
    await bench.recorded(all);
    expect(pool.taken.at(-1)).toMatchObject({ data: pool.taken[0]?.data, gas: pool.taken[0]?.gas });
  });

  test('a transaction that fails is tried again later, with ample gas', async () => {
    const [failing] = (await bench.statements(1)) as [SignedStatement];
    pool.failing.add(failing.id);
    bench.start();
    await bench.pooled(1);
    await pool.mine();
    expect(pool.taken[0]?.gas).toBe(125_000n);
    pool.failing.clear();
    await bench.mineAll([failing], 500);
    expect(pool.taken.at(-1)).toMatchObject({ data: pool.taken[0]?.data, gas: MAX_GAS });
  });

  test('one whose transactions fail time and again is given up, and what is refused behind it is settled', async () => {
    const [failing, refused] = (await bench.statements(2)) as [SignedStatement, SignedStatement];
    pool.failing.add(failing.id);
    bench.refuse(refused);
    bench.start();
    await until(
      async () => {
        await bench.pass(1_000);
        return outbox.rejection(failing.id) && outbox.rejection(refused.id);
      },
      { timeoutMs: 10_000 },
    );
    expect(outbox.rejection(failing.id)).toBe('reverted');
    expect(pool.taken).toHaveLength(5);
  });

  test('one that the node cannot estimate stops nobody, is waited for a while, and is never given up', async () => {
    const all = await bench.statements(3);
    const [odd, refused, good] = all as [SignedStatement, SignedStatement, SignedStatement];
    pool.unclear.add(odd.id);
    bench.refuse(refused);
    bench.start();
    await until(async () => {
      await bench.pass(10);
      return outbox.recorded().includes(good.id);
    });
    for (let count = 0; count < 20; count++) {
      await bench.pass(10);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(outbox.rejection(refused.id)).toBeUndefined();
    await until(
      async () => {
        await bench.pass(60_000);
        return outbox.rejection(refused.id);
      },
      { timeoutMs: 10_000 },
    );
    expect(outbox.rejection(odd.id)).toBeUndefined();
    pool.unclear.clear();
    await until(async () => {
      await bench.pass(60_000);
      return outbox.recorded().includes(odd.id);
    });
  });

  test('a relay that starts over what an earlier one left in the pool', async () => {
    oneEach();
    const all = await bench.statements(3);
    const first = new AbortController();
    const before = bench.start(first);
    await bench.pooled(3);
    first.abort();
    await before.done;
    bench.start();
    await bench.mineAll(all);
    expect(await pool.nonce()).toBe(3);
  });
});
