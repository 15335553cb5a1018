import type { LedgerBlock, LedgerEvent, RecordedEvent } from '../chain/events.ts';
import type { BlockRef, IndexStore, LedgerIdentity } from '../indexer/port.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Batch, inBatch } from './adding/batch.ts';
import { addStatements } from './adding/statements.ts';
import { insertActs, type RecordedAct } from './projections/acts.ts';
import { type Place, seqOf } from './projections/projection.ts';
import type { RecordedStatement } from './projections/recorded.ts';
import { namedOnce, rootsOf, statementRow } from './projections/statement.ts';
import { finalizedBlock } from './queries/head.ts';
import type { Db } from './schema.ts';
import { takeBackAbove } from './take-back.ts';
import { anyOf, bytes, rowBytes } from './values.ts';

/** What the indexer asks contradicts what the index holds: nothing was changed, and a person must look. */
export class IndexConflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'IndexConflict';
  }
}

/** The index of one ledger, in the tables of 0001-ledger.sql. Each method is one transaction, whole or not at all. */
export function createIndexStore(db: Db): IndexStore {
  return {
    bound: () => bound(db),
    bind: (identity) => db.transaction().execute((trx) => bind(trx, identity)),
    head: () => newestUpTo(db, Number.MAX_SAFE_INTEGER),
    newestUpTo: (number) => newestUpTo(db, number),
    extend: (blocks, onto) => db.transaction().execute((trx) => extend(trx, blocks, onto)),
    rewind: (number) => db.transaction().execute((trx) => rewind(trx, number)),
    finalized: () => finalizedBlock(db),
    finalize: (number, seen) => db.transaction().execute((trx) => finalize(trx, number, seen)),
  };
}

async function bound(db: Db): Promise<LedgerIdentity | null> {
  const row = await db.selectFrom('chain').selectAll().executeTakeFirst();
  return row ? { chainId: row.chain_id, ledger: row.ledger, deployedAt: row.deployed_at } : null;
}

async function bind(db: Db, { chainId, ledger, deployedAt }: LedgerIdentity): Promise<void> {
  await db
    .insertInto('chain')
    .values({ chain_id: chainId, ledger: bytes(ledger), deployed_at: deployedAt, finalized: deployedAt - 1 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const chain = await lockChain(db);
  const isSame = chain.chain_id === chainId && chain.ledger === ledger && chain.deployed_at === deployedAt;
  if (!isSame)
    throw new IndexConflict(
      `The index is of the ledger ${chain.ledger} on chain ${chain.chain_id}, deployed in block ${chain.deployed_at}; ` +
        `got ${ledger} on chain ${chainId}, deployed in block ${deployedAt}. Use another database for it.`,
    );
}

/** Writers wait for each other here, even where two processes both believe that they lead. */
async function lockChain(db: Db) {
  const chain = await db.selectFrom('chain').selectAll().forUpdate().executeTakeFirst();
  if (!chain) throw new IndexConflict('The index is not bound to a ledger yet');
  return chain;
}

async function newestUpTo(db: Db, number: number): Promise<BlockRef | null> {
  const block = await db
    .selectFrom('block')
    .select(['number', 'hash'])
    .where('number', '<=', number)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return block ?? null;
}

async function extend(db: Db, blocks: readonly LedgerBlock[], onto: Hex | null | undefined): Promise<void> {
  await lockChain(db);
  const head = await newestUpTo(db, Number.MAX_SAFE_INTEGER);
  if (head && head.hash === blocks.at(-1)?.hash) return;
  if (onto !== undefined && onto !== (head?.hash ?? null))
    throw new IndexConflict(
      `Blocks that follow ${onto} came when the index was at ${head?.hash}: another process writes, too`,
    );
  requireExtends(blocks, head);
  await inBatch(db, (batch) => addBlocks(batch, blocks));
}

async function addBlocks(batch: Batch, blocks: readonly LedgerBlock[]): Promise<void> {
  batch.insert('block', blocks.map(blockRow));
  const placed = blocks.flatMap((block) => block.events.map((event) => placedEvent(block, event)));
  const statements = placed.flatMap(statementOf);
  batch.insert('statement', statements.map(statementRow));
  batch.insert('named_root', placed.flatMap(rootRows));
  insertActs(batch, placed.flatMap(actOf));
  await addStatements(batch, statements);
}

function blockRow({ number, hash, parent, time }: LedgerBlock) {
  return { number, hash: rowBytes(hash), parent: rowBytes(parent), time };
}

function requireExtends(blocks: readonly LedgerBlock[], head: BlockRef | null): void {
  let newest = head;
  for (const { number, hash, parent } of blocks) {
    const follows =
      !newest || (number === newest.number + 1 ? parent === newest.hash : number > newest.number);
    if (!follows)
      throw new IndexConflict(
        `Block ${number} (${hash}, parent ${parent}) does not extend block ${newest?.number} (${newest?.hash})`,
      );
    newest = { number, hash };
  }
}

type PlacedEvent = { readonly place: Place; readonly transaction: Hex; readonly event: LedgerEvent };

function placedEvent(
  { number, time }: LedgerBlock,
  { logIndex, transaction, event }: RecordedEvent,
): PlacedEvent {
  return { place: { seq: seqOf(number, logIndex), block: number, recordedAt: time }, transaction, event };
}

function statementOf({ place, transaction, event }: PlacedEvent): RecordedStatement[] {
  return event.kind === 'statement' ? [{ ...event, transaction, place }] : [];
}

function actOf({ place, event }: PlacedEvent): RecordedAct[] {
  return event.kind === 'statement' ? [] : [{ act: event, place }];
}

function rootRows({ place: { seq, block }, event }: PlacedEvent) {
  const named = event.kind === 'statement' ? rootsOf(event.statement) : actRoots(event);
  return namedOnce(named).map((root) => ({ root: rowBytes(root), seq, block }));
}

/** Completing a key proposal adds nothing to what the proposal said. */
function actRoots(event: RecordedAct['act']): Hex[] {
  return 'evidence' in event ? [event.evidence] : [];
}

async function rewind(db: Db, number: number): Promise<void> {
  const chain = await lockChain(db);
  const head = await newestUpTo(db, Number.MAX_SAFE_INTEGER);
  if (head && number < Math.min(chain.finalized, head.number))
    throw new IndexConflict(
      `The chain takes back blocks above ${number}, but block ${chain.finalized} was final: ` +
        'the node follows another chain than before',
    );
  await takeBackAbove(db, number);
}

async function holds(db: Db, hash: Hex): Promise<boolean> {
  const block = await db
    .selectFrom('block')
    .select('number')
    .where('hash', '=', bytes(hash))
    .executeTakeFirst();
  return block !== undefined;
}

/** What is final in the outbox needs no more attention there. */
async function finalize(db: Db, number: number, seen: Hex | undefined): Promise<void> {
  const chain = await lockChain(db);
  if (number <= chain.finalized || (seen !== undefined && !(await holds(db, seen)))) return;
  await db.updateTable('chain').set({ finalized: number }).execute();
  const settled = await db
    .updateTable('outbox')
    .from('statement')
    .set((eb) => ({ final_block: eb.ref('statement.block') }))
    .whereRef('statement.id', '=', 'outbox.id')
    .where('statement.block', '<=', number)
    .where('outbox.rejected_at', 'is', null)
    .where('outbox.final_block', 'is', null)
    .returning('outbox.id')
    .execute();
  const ids = settled.map(({ id }) => id);
  await db.deleteFrom('outbox_head').where('statement', '=', anyOf(ids)).execute();
  await db.deleteFrom('outbox_root').where('statement', '=', anyOf(ids)).execute();
}
