import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { LedgerNode } from './chain/node.ts';
import { backoffMs } from './chain/pulse.ts';
import type { Rpc } from './chain/rpc.ts';
import { openSender } from './chain/sender.ts';
import { type Indexer, IndexRefused, type IndexStatus, startIndexer } from './indexer/indexer.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import type { Hex } from './protocol/hex.ts';
import { type Relay, startRelay } from './relay/relay.ts';
import type { Database } from './store/database.ts';
import { createIndexStore } from './store/index-store.ts';
import { withLeadership } from './store/leadership.ts';
import type { StatementOutbox } from './store/outbox.ts';

export type FollowersOptions = {
  readonly database: Database;
  readonly node: LedgerNode;
  readonly rpc: Rpc;
  readonly identity: LedgerIdentity;
  readonly outbox: StatementOutbox;
  readonly relayerKey: Hex;
  /** How often to ask the chain, in milliseconds; null = as suits a chain on this machine. */
  readonly pollMs: number | null;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Logger;
  readonly onReorg: () => void;
};

/** The indexer and the relay, in whichever process of a deployment leads. */
export type Followers = {
  /** There is something to send. */
  wakeRelay(): void;
  /** The chain contradicts the index: only the operator can help. */
  isStuck(): boolean;
  stop(): Promise<void>;
};

/** Leads or stands by until stopped. */
export function startFollowers(options: FollowersOptions): Followers {
  const stopping = new AbortController();
  const present: Present = { relay: null, isStuck: false };
  const done = lead(options, present, stopping.signal);
  return {
    wakeRelay: () => present.relay?.poke(),
    isStuck: () => present.isStuck,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

type Present = { relay: Relay | null; isStuck: boolean };

/** Leadership is lost with the connection to the database, and sought again. */
async function lead(options: FollowersOptions, present: Present, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await withLeadership(options.database, 'followers', (term) => follow(options, present, term), signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof IndexRefused) {
        present.isStuck = true;
        return;
      }
      failures += 1;
      options.log.warn({ err: error, failures }, 'lost the lead of indexer and relay; seeking it again');
      await pause(backoffMs(failures), undefined, { signal }).catch(() => {});
    }
  }
}

async function follow(options: FollowersOptions, present: Present, signal: AbortSignal): Promise<void> {
  const { node, database, identity, log, outbox, now } = options;
  const stop = new AbortController();
  const pace = options.pollMs === null ? {} : { pollMs: options.pollMs };
  const together = { node, log, signal: AbortSignal.any([signal, stop.signal]), ...pace };
  const store = createIndexStore(database.db);
  const onProgress = countReorgs(options.onReorg);
  // What the relay waits for is in the index: a block may settle a refusal, or free what builds on it.
  const onBlocks = () => present.relay?.poke();
  const indexer: Indexer = startIndexer({ ...together, store, identity, onProgress, onBlocks });
  const sender = openSender(options.rpc, identity.chainId, options.relayerKey);
  const relay = startRelay({ ...together, sender, outbox, now, onMined: () => indexer.poke() });
  present.relay = relay;
  try {
    await indexer.done;
  } finally {
    stop.abort();
    await relay.done;
    present.relay = null;
  }
}

/** A rewind is the only step after which the index is lower. */
function countReorgs(onReorg: () => void): (status: IndexStatus) => void {
  let newest = -1;
  return ({ indexed }) => {
    if (indexed === null) return;
    if (indexed < newest) onReorg();
    newest = indexed;
  };
}
