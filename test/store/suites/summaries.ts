import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hex } from '../../../src/protocol/hex.ts';
import { ancestryOf } from '../../../src/provenance/graph.ts';
import type { History } from '../../../src/provenance/history.ts';
import {
  originsOfLot,
  passagesOfSummarised,
  type SummarisedLot,
  sitesOfLot,
} from '../../../src/provenance/summary.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { historyOf } from '../../../src/store/queries/history.ts';
import { provenanceOf } from '../../../src/store/queries/provenance.ts';
import type { Db } from '../../../src/store/schema.ts';
import { summariseAbove } from '../../../src/store/summaries.ts';
import { foldAll } from '../../provenance/fold.ts';
import type { Bench } from '../databases.ts';
import { Chain, identity } from '../ledger.ts';
import { RandomEvents } from '../random-events.ts';

async function lotsIn(db: Db): Promise<Hex[]> {
  const rows = await db.selectFrom('lot').select('id').orderBy('seq').orderBy('output').execute();
  return rows.map(({ id }) => id);
}

const told = (lot: SummarisedLot) => {
  const { uses, runs, moves, through, unrefined, weakest, ...rest } = passagesOfSummarised(lot);
  const corrections = rest.corrections.map(({ id, occurredAt }) => ({ id, occurredAt }));
  const passages = { uses, runs, moves, through, unrefined, weakest, corrections };
  return { origins: originsOfLot(lot), sites: sitesOfLot(lot), passages };
};

export function summaries(bench: Bench) {
  const indexed = async (choices: readonly (readonly number[])[]) => {
    const { db } = await bench.fresh();
    const store = createIndexStore(db);
    await store.bind(identity);
    const [chain, events] = [new Chain(), new RandomEvents('summaries')];
    chain.block(...events.opening());
    for (const block of choices) chain.block(...block.map((choice) => events.next(choice)));
    // Some blocks alone, some together: what is summarised may build on what the same transaction wrote.
    await store.extend(chain.blocks.slice(0, 2));
    for (const block of chain.blocks.slice(2, 5)) await store.extend([block]);
    await store.extend(chain.blocks.slice(5));
    return db;
  };

  describe('what each production passes on', () => {
    const choices = fc.array(fc.array(fc.nat(10_000), { maxLength: 5 }), { minLength: 5, maxLength: 14 });

    test('gives every lot the provenance that its whole history gives', async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (blocks) => {
          const db = await indexed(blocks);
          for (const lot of await lotsIn(db)) {
            const history = (await historyOf(db, lot)) as unknown as History;
            const { productions } = ancestryOf(history, lot);
            const expected = foldAll(history, productions).get(lot) as SummarisedLot;
            const got = (await provenanceOf(db, lot)) as SummarisedLot;
            expect(told(got)).toEqual(told(expected));
          }
        }),
        { numRuns: 5, endOnFailure: true },
      );
    }, 120_000);

    test('is the same where it is summarised afterwards, as an older index is', async () => {
      const db = await indexed([
        [3, 11, 20],
        [1, 37, 55, 73],
        [2, 9, 10, 64],
        [900, 19, 28],
        [5, 46, 82],
        [1, 10, 19],
      ]);
      const rows = () => db.selectFrom('production_summary').selectAll().orderBy('production').execute();
      const before = await rows();
      expect(before.length).toBeGreaterThan(3);
      await db.deleteFrom('production_summary').execute();
      await summariseAbove(db, -1);
      expect(await rows()).toEqual(before);
    }, 60_000);
  });
}
