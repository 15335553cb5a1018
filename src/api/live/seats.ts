import { ProblemError } from '../problems.ts';

const RETRY_AFTER_SECONDS = 30;

/** So many may be there at a time, and nobody waits. */
export class Seats {
  readonly #what: string;
  readonly #most: number;
  #taken = 0;

  /** @param what in the plural, for who is turned away */
  constructor(what: string, most: number) {
    this.#what = what;
    this.#most = most;
  }

  /** @returns gives the seat back; a second call does nothing  @throws ProblemError `rate-limited` where none is free */
  take(): () => void {
    if (this.#taken >= this.#most)
      throw new ProblemError('rate-limited', `This server has as many ${this.#what} as it keeps at a time.`, {
        retryAfter: RETRY_AFTER_SECONDS,
      });
    this.#taken += 1;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken -= 1;
      isTaken = false;
    };
  }
}
