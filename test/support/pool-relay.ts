import { expect, onTestFinished } from 'vitest';
import { recordCall } from '../../src/chain/calls.ts';
import { ledgerDomain } from '../../src/protocol/statements.ts';
import { type Relay, startRelay } from '../../src/relay/relay.ts';
import { account } from './accounts.ts';
import { FakePool } from './fake-pool.ts';
import { recordingLog } from './log.ts';
import { MemoryIndex } from './memory-index.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { facilityRegistration, type SignedStatement, signed } from './statements.ts';
import { until } from './until.ts';

const author = account('mine');

/** A relay on a chain whose blocks, and whose time, come when a test says so. */
export class PoolRelay {
  readonly index = new MemoryIndex();
  readonly outbox = new MemoryOutbox(this.index);
  readonly pool = new FakePool(this.index);
  readonly log = recordingLog();
  /** Unix milliseconds. */
  now = 0;

  static async open(): Promise<PoolRelay> {
    const opened = new PoolRelay();
    await opened.index.bind({ chainId: 1, ledger: author.address, deployedAt: 0 });
    return opened;
  }

  /** Until the test ends, or `signal` aborts. */
  start(end = new AbortController()): Relay {
    const { pool, outbox, log } = this;
    const common = { node: pool.asNode(), sender: pool, outbox, log, now: () => this.now, pollMs: 2 };
    const relay = startRelay({ ...common, signal: end.signal });
    onTestFinished(async () => {
      end.abort();
      await relay.done;
    });
    return relay;
  }

  /** Accepts statements that do not depend on each other. */
  async statements(count: number): Promise<SignedStatement[]> {
    const domain = ledgerDomain(1, this.pool.ledger);
    const first = this.outbox.rows.length + 1;
    const registrations = Array.from({ length: count }, (_, index) =>
      facilityRegistration(author.address, { country: first + index }),
    );
    const all = await Promise.all(registrations.map((statement) => signed(domain, statement, author)));
    for (const each of all)
      this.pool.know(recordCall(each.statement, each.witness, each.signature).data, each);
    this.outbox.accept(...all);
    return all;
  }

  /** The ledger refuses the statement, as long as the test lasts. */
  refuse({ id }: SignedStatement): void {
    this.pool.needs.set(id, `0x${'77'.repeat(32)}`);
  }

  /** Waits for that many transactions. */
  async pooled(count: number): Promise<void> {
    await until(() => this.pool.pool.size === count, {
      what: `${count} transactions in the pool`,
      timeoutMs: 5_000,
    });
  }

  /** Which statements each transaction that the pool took carried, as places in `all`. */
  loads(all: readonly SignedStatement[]): number[][] {
    return this.pool.taken.map((transaction) =>
      this.pool.carriedBy(transaction).map(({ id }) => all.findIndex((each) => each.id === id)),
    );
  }

  async recorded(all: readonly SignedStatement[]): Promise<void> {
    await until(() => this.outbox.recorded().length === all.length, {
      what: 'every statement to be recorded',
      timeoutMs: 5_000,
    });
    expect(this.outbox.recorded().sort()).toEqual(all.map(({ id }) => id).sort());
  }

  /** Mines until all are recorded; `stepMs` pass with each look. */
  async mineAll(all: readonly SignedStatement[], stepMs = 0): Promise<void> {
    await until(
      async () => {
        this.now += stepMs;
        if (this.pool.pool.size > 0) await this.pool.mine();
        return this.outbox.recorded().length === all.length;
      },
      { timeoutMs: 5_000 },
    );
  }

  /** Time passes, a block comes and is final. */
  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    await this.pool.mine();
    await this.index.finalize(this.pool.head);
  }
}
