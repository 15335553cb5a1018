import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Duties, Metrics } from './api/metrics.ts';
import type { StatementTeller } from './api/statement-events.ts';
import type { LedgerNode } from './chain/node.ts';
import { backoffMs } from './chain/pulse.ts';
import type { Rpc } from './chain/rpc.ts';
import { openSender, type Sender } from './chain/sender.ts';
import { type Indexer, type IndexerOptions, IndexRefused, startIndexer } from './indexer/indexer.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import type { Hex } from './protocol/hex.ts';
import { type Relay, type RelayWatch, startRelay } from './relay/relay.ts';
import type { Database } from './store/database.ts';
import { createIndexStore } from './store/index-store.ts';
import { withLeadership } from './store/leadership.ts';
import type { StatementOutbox } from './store/outbox.ts';
import { unsettledStatements } from './store/queries/unsettled.ts';
import { Unsettled } from './unsettled.ts';

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
  readonly teller: StatementTeller;
  readonly metrics: Pick<Metrics, 'reorganized' | 'sent' | 'setBack'>;
};

/** The indexer and the relay, in whichever process of a deployment leads. */
export type Followers = {
  /** There is something to send. */
  wakeRelay(): void;
  /** The chain contradicts the index: only the operator can help. */
  isStuck(): boolean;
  /** Never throws. */
  duties(): Promise<Duties>;
  stop(): Promise<void>;
};

/** Leads or stands by until stopped. */
export function startFollowers(options: FollowersOptions): Followers {
  const stopping = new AbortController();
  const present: Present = { relay: null, sender: null, isStuck: false };
  const done = lead(options, present, stopping.signal);
  return {
    wakeRelay: () => present.relay?.poke(),
    isStuck: () => present.isStuck,
    duties: () => dutiesOf(present),
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

/** Of a process that only reads. */
export const noFollowers: Followers = {
  wakeRelay: () => undefined,
  isStuck: () => false,
  duties: async () => ({ leads: false, isStuck: false, inFlight: 0, balance: null }),
  stop: async () => {},
};

type Present = { relay: Relay | null; sender: Sender | null; isStuck: boolean };

async function dutiesOf({ relay, sender, isStuck }: Present): Promise<Duties> {
  const balance = (await sender?.balance().catch(() => null)) ?? null;
  return { leads: relay !== null, isStuck, inFlight: relay?.status().inFlight ?? 0, balance };
}

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
  const { node, database, identity, log, outbox, now, teller, metrics } = options;
  const stop = new AbortController();
  const pace = options.pollMs === null ? {} : { pollMs: options.pollMs };
  const together = { node, log, signal: AbortSignal.any([signal, stop.signal]), ...pace };
  const store = createIndexStore(database.db);
  const unsettled = new Unsettled(teller, await unsettledStatements(database.db), metrics.reorganized);
  const onProgress: IndexerOptions['onProgress'] = (status) => unsettled.progressed(status);
  const onBlocks: IndexerOptions['onBlocks'] = (blocks) => {
    // What the relay waits for is in the index: a block may settle a refusal, or free what builds on it.
    present.relay?.poke();
    unsettled.recorded(blocks);
  };
  const indexer: Indexer = startIndexer({ ...together, store, identity, onProgress, onBlocks });
  const sender = openSender(options.rpc, identity.chainId, options.relayerKey);
  const watch = watchOf(teller, metrics);
  const relay = startRelay({ ...together, sender, outbox, now, watch, onMined: () => indexer.poke() });
  Object.assign(present, { relay, sender });
  try {
    await indexer.done;
  } finally {
    stop.abort();
    await relay.done;
    Object.assign(present, { relay: null, sender: null });
  }
}

function watchOf(teller: StatementTeller, metrics: FollowersOptions['metrics']): RelayWatch {
  return {
    sent: (statements, transaction) => {
      metrics.sent(statements.length);
      for (const { id, statement } of statements)
        teller.tell('sent', teller.describe(id, statement), { transaction });
    },
    rejected: ({ id, statement }, { code }, block) =>
      teller.tell('rejected', teller.describe(id, statement), { code, block }),
    setBack: (_id, kind) => metrics.setBack(kind),
  };
}
