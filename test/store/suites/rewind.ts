import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LedgerBlock } from '../../../src/chain/events.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { Database } from '../../../src/store/database.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { type Bench, rowsOf } from '../databases.ts';
import { Chain, identity } from '../ledger.ts';
import { RandomEvents } from '../random-events.ts';

/** Blocks of up to three events each, from any numbers. The same numbers give the same blocks. */
function grow(chain: Chain, events: RandomEvents, choices: readonly (readonly number[])[]): void {
  for (const block of choices) chain.block(...block.map((choice) => events.next(choice)));
}

const blocks = fc.array(fc.array(fc.nat(10_000), { maxLength: 3 }), { minLength: 1, maxLength: 12 });

export function rewinding(bench: Bench) {
  const build = async (batches: readonly (readonly LedgerBlock[])[]) => {
    const database = await bench.fresh();
    const store = createIndexStore(database.db);
    await store.bind(identity);
    for (const batch of batches) await store.extend(batch);
    return { store, database };
  };

  describe('taking blocks back', () => {
    test('an index that followed a fork equals one that never saw it, row for row', async () => {
      const forks = fc.tuple(blocks, blocks, blocks);
      await fc.assert(
        fc.asyncProperty(forks, async ([shared, dropped, kept]) => {
          const trunk = new Chain('trunk');
          const events = new RandomEvents('trunk');
          trunk.block(...events.opening());
          grow(trunk, events, shared);
          const left = trunk.fork(trunk.blocks.length, 'left');
          const right = trunk.fork(trunk.blocks.length, 'right');
          // Both branches go on from the same state: replay what led there.
          grow(left, replayed(shared), dropped);
          const onRight = replayed(shared);
          grow(right, onRight, kept);

          const { store, database } = await build(left.blocks.map((block) => [block]));
          await store.rewind(trunk.blocks.length);
          await store.extend(right.blocks.slice(trunk.blocks.length));
          const followed = await rowsOf(database);
          expect(await heldHeads(database)).toEqual(onRight.heldHeads());
          const fresh = await build([right.blocks]);
          expect(followed).toEqual(await rowsOf(fresh.database));
        }),
        { numRuns: 12, interruptAfterTimeLimit: 120_000 },
      );
    }, 300_000);

    test('back to nothing leaves nothing but the binding', async () => {
      const chain = new Chain();
      const events = new RandomEvents('all');
      chain.block(...events.opening());
      grow(
        chain,
        events,
        Array.from({ length: 20 }, (_, index) => [index, index * 7 + 1, index * 13 + 2]),
      );
      const { store, database } = await build([chain.blocks]);
      await store.rewind(0);
      const left = Object.entries(await rowsOf(database)).filter(([, rows]) => rows.length > 0);
      expect(left.map(([table]) => table)).toEqual(['chain']);
    });
  });
}

async function heldHeads({ db }: Database): Promise<Map<Hex, Hex>> {
  const rows = await db
    .selectFrom('lot_current')
    .select(['lot', 'head'])
    .where('status', '=', 'held')
    .execute();
  return new Map(rows.map(({ lot, head }) => [lot, head]));
}

function replayed(choices: readonly (readonly number[])[]): RandomEvents {
  const events = new RandomEvents('trunk');
  events.opening();
  for (const choice of choices.flat()) events.next(choice);
  return events;
}
