import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { compareIndexes, type Difference } from '../../../src/store/compare.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { createIndexStore } from '../../../src/store/index-store.ts';
import { migrate } from '../../../src/store/migrate.ts';
import type { Db } from '../../../src/store/schema.ts';
import { memoryDatabase } from '../../support/memory.ts';
import type { Bench } from '../databases.ts';
import { Chain, identity } from '../ledger.ts';
import { RandomEvents } from '../random-events.ts';

async function differences(got: Db, expected: Db): Promise<Difference[]> {
  return Array.fromAsync(compareIndexes(got, expected));
}

export function comparing(bench: Bench) {
  describe('comparing an index with a scratch copy in memory', () => {
    test('finds nothing where they are the same, and every difference where they are not', async () => {
      const chain = new Chain();
      const events = new RandomEvents('compare');
      chain.block(...events.opening());
      for (let choice = 0; choice < 60; choice += 1)
        chain.block(events.next(choice * 31), events.next(choice * 17));
      chain.block();
      const { db } = await bench.fresh();
      const scratch = await openDatabase(await memoryDatabase());
      await migrate(scratch.db);
      for (const one of [db, scratch.db]) {
        const store = createIndexStore(one);
        await store.bind(identity);
        // A block without events may have no row.
        await store.extend(one === db ? chain.blocks : chain.blocks.slice(0, -1));
        await store.finalize(one === db ? 10 : 20);
      }
      expect(await differences(db, scratch.db)).toEqual([]);

      await sql`update content set milligrams = milligrams + 1 where lot = (select min(lot) from content)`.execute(
        db,
      );
      await sql`delete from lot_current where lot = (select max(lot) from lot_current)`.execute(db);
      await sql`delete from party_act where seq = (select min(seq) from party_act)`.execute(scratch.db);
      await sql`update statement set message = '{"x": 1}' where seq = (select max(seq) from statement)`.execute(
        db,
      );
      const found = await differences(db, scratch.db);
      expect(
        found.map(({ table, column, got, expected }) => [table, column, got !== null, expected !== null]),
      ).toEqual([
        ['statement', 'message', true, true],
        ['party_act', null, true, false],
        ['content', 'milligrams', true, true],
        ['lot_current', null, false, true],
      ]);
      await scratch.close();
    }, 120_000);
  });
}
