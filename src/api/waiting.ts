import { setTimeout as pause } from 'node:timers/promises';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;

/** Each who waits asks the database again and again: so many may, and the rest are answered at once. */
export class WaitingRoom {
  readonly #seats: number;
  #taken = 0;

  /** @param seats how many may wait at a time */
  constructor(seats: number) {
    this.#seats = seats;
  }

  /**
   * Looks until `isOver`, for at most `longestMs`, or until the signal aborts; once only where no seat is free.
   * @returns what was seen last
   */
  async wait<T>(
    look: () => Promise<T>,
    isOver: (seen: T) => boolean,
    { longestMs, signal }: { readonly longestMs: number; readonly signal: AbortSignal },
  ): Promise<T> {
    if (this.#taken >= this.#seats) return look();
    this.#taken += 1;
    try {
      const until = performance.now() + longestMs;
      let seen = await look();
      for (let ms = FIRST_PAUSE_MS; !isOver(seen) && performance.now() < until && !signal.aborted; ) {
        await pause(ms, undefined, { signal }).catch(() => {});
        ms = Math.min(LONGEST_PAUSE_MS, (ms * 5) / 4);
        seen = await look();
      }
      return seen;
    } finally {
      this.#taken -= 1;
    }
  }
}
