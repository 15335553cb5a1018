import type { Hex } from '../protocol/hex.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 600_000;

/**
 * Statements whose transaction failed although the simulation accepted it. Each failure costs gas, so that each try
 * waits twice as long as the one before: 1 s, at most 10 minutes.
 */
export class Setbacks {
  readonly #now: () => number;
  readonly #entries = new Map<Hex, { count: number; until: number }>();

  /** @param now Unix milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(id: Hex): void {
    const count = (this.#entries.get(id)?.count ?? 0) + 1;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - 1));
    this.#entries.set(id, { count, until: this.#now() + wait });
  }

  has(id: Hex): boolean {
    return this.#entries.has(id);
  }

  /** Whether its wait is not over yet. */
  holds(id: Hex): boolean {
    return (this.#entries.get(id)?.until ?? 0) > this.#now();
  }

  forget(id: Hex): void {
    this.#entries.delete(id);
  }
}
