import { sql } from 'kysely';
import pino from 'pino';
import { type LedgerNode, nodeOver, type Tips } from '../chain/node.ts';
import { openRpc, type Rpc } from '../chain/rpc.ts';
import { type ChainHome, openChain } from '../chain-home.ts';
import type { Config } from '../config.ts';
import { startIndexer } from '../indexer/indexer.ts';
import type { BlockRef, IndexStore, LedgerIdentity } from '../indexer/port.ts';
import { compareIndexes, type Difference } from '../store/compare.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { createIndexStore } from '../store/index-store.ts';
import { withLeadership } from '../store/leadership.ts';
import { migrate } from '../store/migrate.ts';
import type { Db } from '../store/schema.ts';
import { takeBackAll } from '../store/take-back.ts';
import { Failure } from './failure.ts';

export type RebuildOptions = {
  readonly config: Config;
  /** The database that the service works with. */
  readonly database: Database;
  /** Where a running service's own chain answers. */
  readonly rpc: string;
  readonly signal: AbortSignal;
  /** Told how many blocks are indexed, of how many. */
  readonly onProgress: (done: number, total: number) => void;
};

/** What the comparison found: up to `differences.length` of `count` differences, at one block. */
export type Check = {
  readonly identity: LedgerIdentity;
  readonly block: number;
  readonly count: number;
  readonly differences: readonly Difference[];
};

const SHOWN = 20;

/**
 * Folds the chain into a scratch database in memory, and compares every row with the live index. A live index that
 * moves meanwhile is held still by a snapshot, and the scratch copy brought to its block.
 *
 * @throws Failure where there is nothing to compare; ChainUnavailable, DatabaseUnavailable, IndexRefused
 */
export async function checkIndex(options: RebuildOptions): Promise<Check> {
  const { database } = options;
  const identity = await requireBound(createIndexStore(database.db));
  const chain = await reachChain(options, identity);
  const scratch = await openDatabase({ memory: true });
  try {
    await migrate(scratch.db);
    const node = nodeOver(chain.rpc, identity.ledger);
    const fold = (head: BlockRef): Promise<number> =>
      index({ ...options, node: endingAt(node, head), identity, db: scratch.db });
    await fold(await requireHead(createIndexStore(database.db)));
    return await atSnapshot(database, async (live) => {
      const head = await requireHead(createIndexStore(live));
      await fold(head);
      return { identity, block: head.number, ...(await compare(live, scratch.db)) };
    });
  } finally {
    await scratch.close();
    await chain.stop();
  }
}

/**
 * Empties the live index and folds the chain into it again. What people sent (outbox, evidence) stays.
 *
 * @returns the block up to which it reaches  @throws Failure where a service works with the database meanwhile
 */
export async function rebuildIndex(options: RebuildOptions): Promise<number> {
  const { database, signal } = options;
  const store = createIndexStore(database.db);
  const identity = await requireBound(store);
  const chain = await reachChain(options, identity);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LEADER_PATIENCE_MS);
  const lead = async (term: AbortSignal): Promise<number> => {
    clearTimeout(timer);
    const node = nodeOver(chain.rpc, identity.ledger);
    await database.db.transaction().execute(takeBackAll);
    return index({ ...options, signal: term, node, identity, db: database.db });
  };
  try {
    return await withLeadership(database, 'followers', lead, AbortSignal.any([signal, patience.signal]));
  } catch (error) {
    throw patience.signal.aborted ? busy : error;
  } finally {
    clearTimeout(timer);
    await chain.stop();
  }
}

const LEADER_PATIENCE_MS = 5_000;
const busy = new Failure('A service works with this database. Stop every one of them, and run this again.');

/** What PostgreSQL says of a table that is not there. */
const UNDEFINED_TABLE = '42P01';

async function requireBound(store: IndexStore): Promise<LedgerIdentity> {
  const nothing = new Failure('There is no index: no service has worked with this database yet.');
  const identity = await store.bound().catch((error: { code?: string }) => {
    throw error.code === UNDEFINED_TABLE ? nothing : error;
  });
  if (!identity) throw nothing;
  return identity;
}

async function requireHead(store: IndexStore): Promise<BlockRef> {
  const head = await store.head();
  if (!head) throw new Failure('The index holds no block yet: let the service run for a moment first.');
  return head;
}

/** A node elsewhere, the chain of a running service, or, where none runs, this process's own from the journal. */
async function reachChain(
  { config, rpc: url }: RebuildOptions,
  identity: LedgerIdentity,
): Promise<Pick<ChainHome, 'rpc' | 'stop'>> {
  const elsewhere = openRpc(config.node?.url ?? url);
  if (config.node !== null || (await holds(elsewhere, identity)))
    return { rpc: elsewhere, stop: async () => {} };
  return openChain({ ...config, chainPort: 0 }, pino({ level: 'silent' }), Date.now);
}

async function holds(rpc: Rpc, { chainId, ledger }: LedgerIdentity): Promise<boolean> {
  const node = nodeOver(rpc, ledger);
  try {
    return (await node.chainId()) === chainId && (await node.code(ledger)) !== '0x';
  } catch {
    return false;
  }
}

type Indexing = Pick<RebuildOptions, 'signal' | 'onProgress'> & {
  readonly node: LedgerNode;
  readonly identity: LedgerIdentity;
  readonly db: Db;
};

/** Runs the indexer until it holds all that the node shows. @returns the newest block */
async function index({ node, identity, db, signal, onProgress }: Indexing): Promise<number> {
  const stop = new AbortController();
  const indexer = startIndexer({
    node,
    identity,
    store: createIndexStore(db),
    signal: AbortSignal.any([signal, stop.signal]),
    log: pino({ level: 'silent' }),
    pollMs: 10,
    onProgress: ({ indexed, chainHead, caughtUp }) => {
      onProgress((indexed ?? 0) - identity.deployedAt + 1, (chainHead ?? 0) - identity.deployedAt + 1);
      if (caughtUp) stop.abort();
    },
  });
  await indexer.done;
  signal.throwIfAborted();
  return indexer.status().indexed ?? identity.deployedAt;
}

/** A chain that ends at a block, which is final: what stands there can be folded once and for all. */
function endingAt(node: LedgerNode, { number, hash }: BlockRef): LedgerNode {
  const tips = async (asked?: number): Promise<Tips> => {
    const [head, beside] = [await node.header(number), asked === undefined ? null : await node.header(asked)];
    if (head?.hash !== hash)
      throw new Failure(
        `The chain has left the branch that the index is on, at block ${number}. Try again in a moment.`,
      );
    return { head, finalized: number, beside };
  };
  return { ...node, tips };
}

/** The live index, held still: PostgreSQL gives a snapshot; nobody else has PGlite open. */
function atSnapshot<T>({ db, kind }: Database, work: (live: Db) => Promise<T>): Promise<T> {
  if (kind === 'pglite') return work(db);
  const snapshot = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return snapshot.execute(async (live) => {
    // Folding a long chain leaves this transaction idle for longer than the pool allows requests to be.
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(live);
    return work(live);
  });
}

async function compare(live: Db, scratch: Db): Promise<Pick<Check, 'count' | 'differences'>> {
  const differences: Difference[] = [];
  let count = 0;
  for await (const difference of compareIndexes(live, scratch)) {
    count += 1;
    if (count <= SHOWN) differences.push(difference);
  }
  return { count, differences };
}
