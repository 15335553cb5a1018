import { ProblemError } from './problems.ts';

/** Answers that take much memory to put together: so many at a time, and so many more that wait for their turn. */
export class Turns {
  readonly #what: string;
  readonly #atOnce: number;
  readonly #mostWaiting: number;
  readonly #waiting = new Set<() => void>();
  #taken = 0;

  /** @param what in the plural, for who is turned away */
  constructor(what: string, { atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
    this.#what = what;
    this.#atOnce = atOnce;
    this.#mostWaiting = waiting;
  }

  /**
   * @returns gives the turn back: to be called once, at the end
   * @throws ProblemError `rate-limited` where as many wait as may, or once the caller has hung up
   */
  async take(signal: AbortSignal): Promise<() => void> {
    if (this.#taken < this.#atOnce) this.#taken += 1;
    else await this.#wait(signal);
    return () => this.#giveBack();
  }

  #wait(signal: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting)
      throw new ProblemError(
        'rate-limited',
        `This server answers as many ${this.#what} as it can at a time.`,
      );
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.delete(enter);
        reject(new ProblemError('rate-limited', 'The caller did not wait.'));
      };
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.#waiting.add(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** To whoever waited longest; it stays taken then. */
  #giveBack(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#taken -= 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
