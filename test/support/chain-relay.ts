import { onTestFinished } from 'vitest';
import { type Indexer, startIndexer } from '../../src/indexer/indexer.ts';
import { type Relay, type RelayOptions, startRelay } from '../../src/relay/relay.ts';
import { relayer, type TestChain } from './chain.ts';
import { recordingLog } from './log.ts';
import { MemoryIndex } from './memory-index.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import type { SignedStatement } from './statements.ts';
import { until } from './until.ts';

/** An indexer and a relay on a chain, as main composes them, over a store in memory. */
export class ChainRelay {
  readonly index = new MemoryIndex();
  readonly outbox = new MemoryOutbox(this.index);
  readonly log = recordingLog();
  readonly #chain: TestChain;

  constructor(chain: TestChain) {
    this.#chain = chain;
  }

  /** Until the test ends. */
  start(options: Partial<RelayOptions> = {}): { relay: Relay; indexer: Indexer } {
    const end = new AbortController();
    const { node, identity } = this.#chain;
    const { log, index: store, outbox } = this;
    const common = { node, signal: end.signal, log, pollMs: 20 };
    let relay: Relay | undefined;
    const indexer = startIndexer({ ...common, store, identity, onProgress: () => relay?.poke() });
    relay = startRelay({
      ...common,
      outbox,
      sender: this.#chain.sender(relayer.key),
      now: Date.now,
      onMined: () => indexer.poke(),
      ...options,
    });
    onTestFinished(async () => {
      end.abort();
      await Promise.all([indexer.done, relay?.done]);
    });
    return { relay, indexer };
  }

  async allRecorded(statements: readonly SignedStatement[]): Promise<void> {
    await until(() => this.outbox.recorded().length === statements.length, {
      what: `${statements.length} statements to be recorded`,
    });
  }
}
