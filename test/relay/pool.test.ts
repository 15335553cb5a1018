import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { recordCall } from '../../src/chain/calls.ts';
import { MAX_GAS } from '../../src/chain/refusals.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { type Relay, startRelay } from '../../src/relay/relay.ts';
import { account } from '../support/accounts.ts';
import { FakePool } from '../support/fake-pool.ts';
import { recordingLog } from '../support/log.ts';
import { MemoryIndex } from '../support/memory-index.ts';
import { MemoryOutbox } from '../support/memory-outbox.ts';
import { facilityRegistration, type SignedStatement, signed } from '../support/statements.ts';
import { until } from '../support/until.ts';

const author = account('mine');
let index: MemoryIndex;
let outbox: MemoryOutbox;
let pool: FakePool;
let now: number;

beforeEach(async () => {
  index = new MemoryIndex();
  await index.bind({ chainId: 1, ledger: author.address, deployedAt: 0 });
  outbox = new MemoryOutbox(index);
  pool = new FakePool(index);
  now = 0;
});

function start(): Relay {
  const end = new AbortController();
  const common = {
    node: pool.asNode(),
    sender: pool,
    outbox,
    log: recordingLog(),
    now: () => now,
    pollMs: 2,
  };
  const relay = startRelay({ ...common, signal: end.signal });
  onTestFinished(async () => {
    end.abort();
    await relay.done;
  });
  return relay;
}

async function statements(count: number): Promise<SignedStatement[]> {
  const domain = ledgerDomain(1, pool.ledger);
  const registrations = Array.from({ length: count }, (_, index) =>
    facilityRegistration(author.address, { country: index + 1 }),
  );
  const all = await Promise.all(registrations.map((statement) => signed(domain, statement, author)));
  for (const each of all) pool.know(recordCall(each.statement, each.witness, each.signature).data, each);
  outbox.accept(...all);
  return all;
}

const pooled = (count: number): Promise<unknown> =>
  until(() => pool.pool.size === count, { what: `${count} transactions in the pool`, timeoutMs: 5_000 });
const recorded = async (all: readonly SignedStatement[]): Promise<void> => {
  await until(() => outbox.recorded().length === all.length, {
    what: 'every statement to be recorded',
    timeoutMs: 5_000,
  });
  expect(outbox.recorded().sort()).toEqual(all.map(({ id }) => id).sort());
};
/** Mines until all are recorded. */
async function mineAll(all: readonly SignedStatement[]): Promise<void> {
  await until(
    async () => {
      if (pool.pool.size > 0) await pool.mine();
      return outbox.recorded().length === all.length;
    },
    { timeoutMs: 5_000 },
  );
}

describe('a chain whose blocks take their time', () => {
  test('independent statements are in flight together, at most 16, in order', async () => {
    const all = await statements(20);
    start();
    await pooled(16);
    expect(pool.taken.map(({ nonce }) => nonce)).toEqual(Array.from({ length: 16 }, (_, nonce) => nonce));
    await mineAll(all);
    expect(pool.taken).toHaveLength(20);
  });

  test('one that extends another follows it, and is not held to be refused meanwhile', async () => {
    const all = await statements(3);
    const [first, second, third] = all as [SignedStatement, SignedStatement, SignedStatement];
    pool.needs.set(second.id, first.id).set(third.id, second.id);
    start();
    await pooled(1);
    await mineAll(all);
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
    expect(outbox.notes).toEqual([]);
  });

  test('one that is refused is noted, while its neighbours go on', async () => {
    const [first, ...rest] = (await statements(3)) as [SignedStatement, SignedStatement, SignedStatement];
    pool.needs.set(first.id, `0x${'77'.repeat(32)}`);
    start();
    await mineAll(rest);
    expect(outbox.rows[0]?.refused).toMatchObject({ code: 'reverted' });
    expect(outbox.rows[0]?.rejected).toBeNull();
  });
});

describe('trouble', () => {
  test.each([
    ['after the relay saw it mined', true],
    ['before', false],
  ])('what a reorganisation dropped %s is sent again, in order', async (_, isSeen) => {
    const all = await statements(3);
    const relay = start();
    await pooled(3);
    await pool.mine();
    await recorded(all);
    if (isSeen) await until(() => relay.status().inFlight === 0);
    await pool.drop(0);
    expect(outbox.recorded()).toEqual([]);
    now += 61_000;
    await mineAll(all);
    expect(outbox.recorded()).toEqual(all.map(({ id }) => id));
  });

  test.each(['before', 'after'] as const)(
    'an answer that is lost %s the node takes it: sent again, counted once',
    async (when) => {
      const all = await statements(2);
      pool.loses = when;
      start();
      await until(() => pool.pool.size > 0 || when === 'before');
      pool.loses = null;
      await pooled(2);
      await mineAll(all);
      expect(pool.taken).toHaveLength(2);
      expect(await pool.nonce()).toBe(2);
    },
  );

  test('a chain that goes away and comes back', async () => {
    const all = await statements(4);
    const relay = start();
    await pooled(4);
    pool.isAway = true;
    await until(() => relay.status().error !== null);
    pool.isAway = false;
    relay.poke();
    await mineAll(all);
    await until(() => relay.status().error === null && relay.status().inFlight === 0);
  });

  test('a transaction that no block takes is replaced by one that offers more', async () => {
    const all = await statements(2);
    start();
    await pooled(2);
    now += 61_000;
    await until(() => pool.taken.length === 3);
    expect(pool.taken.at(-1)).toMatchObject({
      nonce: 0,
      data: pool.taken[0]?.data,
      fees: { maxFeePerGas: 13n },
    });
    await mineAll(all);
    expect(await pool.nonce()).toBe(2);
  });

  test('offers rise until the chain takes them', async () => {
    const all = await statements(2);
    pool.lowestFee = 17n;
    start();
    await mineAll(all);
    expect(pool.taken[0]).toMatchObject({ nonce: 0, fees: { maxFeePerGas: 20n } });
  });

  test('a nonce that went to someone else is not waited for', async () => {
    const all = await statements(2);
    start();
    await pooled(2);
    pool.spendNonce(0);
    await pool.mine();
    await until(async () => {
      now += 2_000;
      if (pool.pool.size > 0) await pool.mine();
      return outbox.recorded().length === 2;
    });
    await recorded(all);
  });

  test('a transaction that fails is tried again later, with ample gas', async () => {
    const all = await statements(2);
    const [failing] = all as [SignedStatement];
    pool.failing.add(failing.id);
    start();
    await pooled(2);
    await pool.mine();
    await until(() => outbox.recorded().length === 1);
    expect(pool.taken[0]?.gas).toBe(125_000n);
    expect(pool.taken).toHaveLength(2);
    pool.failing.clear();
    await until(async () => {
      now += 500;
      if (pool.pool.size > 0) await pool.mine();
      return outbox.recorded().length === 2;
    });
    expect(pool.taken.at(-1)).toMatchObject({ data: pool.taken[0]?.data, gas: MAX_GAS });
  });

  /** Time passes, blocks come and are final. */
  async function pass(milliseconds: number): Promise<void> {
    now += milliseconds;
    await pool.mine();
    await index.finalize(pool.head);
  }
  const refusedFor = (statement: SignedStatement) => pool.needs.set(statement.id, `0x${'77'.repeat(32)}`);

  test('one whose transactions fail time and again is given up, and what is refused behind it is settled', async () => {
    const [failing, refused] = (await statements(2)) as [SignedStatement, SignedStatement];
    pool.failing.add(failing.id);
    refusedFor(refused);
    start();
    await until(
      async () => {
        await pass(1_000);
        return outbox.rejection(failing.id) && outbox.rejection(refused.id);
      },
      { timeoutMs: 10_000 },
    );
    expect(outbox.rejection(failing.id)).toBe('reverted');
    expect(pool.taken).toHaveLength(5);
  });

  test('one that the node cannot estimate stops nobody, is waited for a while, and is never given up', async () => {
    const [odd, refused, good] = (await statements(3)) as [SignedStatement, SignedStatement, SignedStatement];
    pool.unclear.add(odd.id);
    refusedFor(refused);
    start();
    await until(async () => {
      await pass(10);
      return outbox.recorded().includes(good.id);
    });
    for (let count = 0; count < 20; count++) {
      await pass(10);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(outbox.rejection(refused.id)).toBeUndefined();
    await until(
      async () => {
        await pass(60_000);
        return outbox.rejection(refused.id);
      },
      { timeoutMs: 10_000 },
    );
    expect(outbox.rejection(odd.id)).toBeUndefined();
    pool.unclear.clear();
    await until(async () => {
      await pass(60_000);
      return outbox.recorded().includes(odd.id);
    });
  });

  test('a relay that starts over what an earlier one left in the pool', async () => {
    const all = await statements(3);
    const first = new AbortController();
    const common = {
      node: pool.asNode(),
      sender: pool,
      outbox,
      log: recordingLog(),
      now: () => now,
      pollMs: 2,
    };
    const before = startRelay({ ...common, signal: first.signal });
    await pooled(3);
    first.abort();
    await before.done;
    start();
    await mineAll(all);
    expect(await pool.nonce()).toBe(3);
  });
});
