import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StatementTeller } from '../src/api/statement-events.ts';
import type { LedgerBlock } from '../src/chain/events.ts';
import type { IndexStatus } from '../src/indexer/indexer.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createIndexStore } from '../src/store/index-store.ts';
import { migrate } from '../src/store/migrate.ts';
import { unsettledStatements } from '../src/store/queries/unsettled.ts';
import { Unsettled } from '../src/unsettled.ts';
import { Chain, identity, Story } from './store/ledger.ts';
import { memoryDatabase } from './support/memory.ts';

let database: Database;
let lines: string[];
let depths: number[];

beforeEach(async () => {
  database = await openDatabase(await memoryDatabase());
  await migrate(database.db);
  [lines, depths] = [[], []];
});
afterEach(() => database.close());

const teller: StatementTeller = {
  describe: (id, { type }) => ({ id, type, lots: [] }),
  tell: (event, { id }, { block } = {}) => lines.push(`${event} ${id} ${block}`),
};
const at = (indexed: number, finalized: number): IndexStatus => ({
  ...{ indexed, finalized, chainHead: null, caughtUp: false, error: null },
});

/** A store and a watch that follow a chain as followers do. */
async function follower() {
  const store = createIndexStore(database.db);
  await store.bind(identity);
  const open = async () =>
    new Unsettled(teller, await unsettledStatements(database.db), (depth) => depths.push(depth));
  const add = async (watch: Unsettled, block: LedgerBlock) => {
    await store.extend([block]);
    watch.progressed(at(block.number, await store.finalized()));
    watch.recorded([block]);
  };
  return { store, open, add };
}

test('each statement is told of once: recorded, then final or dropped, also by the next leader', async () => {
  const { store, open, add } = await follower();
  const story = new Story();
  const [first, second, third] = [1, 2, 3].map((kind) => story.facility(story.mine, kind));
  if (!first || !second || !third) throw new Error('The story has three sites');
  const chain = new Chain();
  const before = await open();
  await add(before, chain.block(story.admit(story.mine), first));
  await add(before, chain.block(second));
  await add(before, chain.block(third));
  await store.finalize(1);
  before.progressed(at(3, 1));
  expect(lines).toEqual([
    `recorded ${first.id} 1`,
    `recorded ${second.id} 2`,
    `recorded ${third.id} 3`,
    `final ${first.id} 1`,
  ]);

  lines.length = 0;
  const after = await open();
  after.progressed(at(3, 1));
  await store.rewind(2);
  after.progressed(at(2, 1));
  await add(after, chain.fork(2, 'other').block(third));
  await store.finalize(3);
  after.progressed(at(3, 3));
  expect(lines).toEqual([
    `dropped ${third.id} 3`,
    `recorded ${third.id} 3`,
    `final ${second.id} 2`,
    `final ${third.id} 3`,
  ]);
  expect(depths).toEqual([1]);
  expect(await unsettledStatements(database.db)).toEqual([]);
});
