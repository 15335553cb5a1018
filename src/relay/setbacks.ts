import type { Hex } from '../protocol/hex.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 600_000;
/** Waits of 17 minutes together: a node that has trouble for a while is back by then. */
const WORN_OUT_AFTER = 10;
/** Each costs gas, up to the most that a transaction may use. */
const FAILURES_PAID_FOR = 5;

/**
 * What came in between, although the simulation accepted the statement.
 * - `failed`: it failed in a block, alone or in a batch that went well otherwise, and cost gas
 * - `odd`: the node could not simulate, estimate or take it, and gave no reason that is the ledger's
 * - `dragged`: the batch that it was in failed, or was not taken, as a whole
 * - `unlucky`: another transaction had its nonce
 */
export type Setback = 'failed' | 'odd' | 'dragged' | 'unlucky';

type Entry = {
  readonly count: number;
  readonly strikes: number;
  readonly failures: number;
  readonly alone: boolean;
  readonly until: number;
};

const none: Entry = { count: 0, strikes: 0, failures: 0, alone: false, until: 0 };

/** Statements that are tried again: each try waits twice as long as the one before, 1 s to 10 minutes. */
export class Setbacks {
  readonly #now: () => number;
  readonly #entries = new Map<Hex, Entry>();

  /** @param now Unix milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(id: Hex, setback: Setback): void {
    const { count, strikes, failures, alone } = this.#of(id);
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** count);
    this.#entries.set(id, {
      count: count + 1,
      strikes: strikes + (setback === 'failed' || setback === 'odd' ? 1 : 0),
      failures: failures + (setback === 'failed' ? 1 : 0),
      alone: alone || setback !== 'unlucky',
      until: this.#now() + wait,
    });
  }

  /** Whether it travels by itself from now on: what troubles it troubles no neighbour, once at most. */
  goesAlone(id: Hex): boolean {
    return this.#of(id).alone;
  }

  /** Whether its wait is not over yet. */
  holds(id: Hex): boolean {
    return this.#of(id).until > this.#now();
  }

  /** Whether nobody should wait for it any more: what its author wrote may be made to fail. */
  isWornOut(id: Hex): boolean {
    const { strikes } = this.#of(id);
    return strikes >= WORN_OUT_AFTER || this.failsForGood(id);
  }

  /** Whether it failed too often to pay for another try. */
  failsForGood(id: Hex): boolean {
    return this.#of(id).failures >= FAILURES_PAID_FOR;
  }

  forget(id: Hex): void {
    this.#entries.delete(id);
  }

  #of(id: Hex): Entry {
    return this.#entries.get(id) ?? none;
  }
}
