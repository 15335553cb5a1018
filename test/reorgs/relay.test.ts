import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { FakePool } from '../support/fake-pool.ts';
import { PoolRelay } from '../support/pool-relay.ts';
import { until } from '../support/until.ts';

/** `drop`: so many blocks at the end are taken back, with what they held. */
const acts = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('accept' as const), number: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('drop' as const), number: fc.integer({ min: 1, max: 6 }) }),
    fc.record({
      kind: fc.constantFrom(
        'mine' as const,
        'restart' as const,
        'wait' as const,
        'lose' as const,
        'leave' as const,
      ),
      number: fc.nat(3),
    }),
  ),
  { minLength: 5, maxLength: 25 },
);

const PATIENCE = { timeoutMs: 60_000, what: 'every statement to be recorded again' };

/** The chain goes on, although the relay may not reach it. */
async function mine(pool: FakePool): Promise<void> {
  const { isAway } = pool;
  pool.isAway = false;
  await pool.mine();
  pool.isAway = isAway;
}

/** A relay that is stopped and started, on a chain that takes blocks back. */
async function play(
  story: readonly { readonly kind: string; readonly number: number }[],
): Promise<string[][]> {
  const bench = await PoolRelay.open();
  const { pool, outbox } = bench;
  const ids: Hex[] = [];
  let end = new AbortController();
  let relay = bench.start(end);
  for (const { kind, number } of story) {
    if (kind === 'accept') {
      const all = await bench.statements(number);
      // Each extends the one before, every third is on its own.
      all.forEach(({ id }, index) => {
        const before = ids.at(-1);
        if (before && index % 3 !== 0) pool.needs.set(id, before);
        ids.push(id);
      });
    } else if (kind === 'mine') await mine(pool);
    else if (kind === 'drop') await pool.drop(Math.max(0, pool.head - number));
    else if (kind === 'lose') pool.loses = number === 0 ? null : number === 1 ? 'before' : 'after';
    else if (kind === 'leave') pool.isAway = number > 1;
    else if (kind === 'restart') {
      end.abort();
      await relay.done;
      end = new AbortController();
      relay = bench.start(end);
    } else await new Promise((resolve) => setTimeout(resolve, 5 * number));
    bench.now += 20_000;
    relay.poke();
  }
  pool.isAway = false;
  pool.loses = null;
  await until(async () => {
    bench.now += 5_000;
    relay.poke();
    await pool.mine();
    return outbox.recorded().length === ids.length;
  }, PATIENCE);
  const rejected = outbox.rows.filter(({ rejected }) => rejected !== null).map(({ id }) => id);
  end.abort();
  await relay.done;
  return [ids.sort(), outbox.recorded().sort(), rejected];
}

test('whatever the chain takes back, whenever the relay starts anew: each statement ends up recorded, once', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (story) => {
      const [sent, recorded, rejected] = await play(story);
      expect(recorded).toEqual(sent);
      expect(rejected).toEqual([]);
    }),
    { numRuns: 8 },
  );
}, 240_000);
