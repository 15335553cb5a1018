import { setTimeout as sleep } from 'node:timers/promises';

/** A wait that can be cut short: whoever polls waits on it, whoever knows of news pokes it. */
export class Pulse {
  #poked = Promise.withResolvers<void>();

  /** Ends the present wait, or the next one where nobody waits. */
  poke(): void {
    this.#poked.resolve();
  }

  /** Returns after `ms`, at a poke, or when the signal aborts. Never throws. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const timer = sleep(ms, undefined, { signal: AbortSignal.any([signal, done.signal]) }).catch(() => {});
    await Promise.race([timer, this.#poked.promise]);
    done.abort();
    this.#poked = Promise.withResolvers();
  }
}

/** How long to wait after that many failures in a row: 250 ms, doubling, at most 30 s. */
export function backoffMs(failures: number): number {
  return Math.min(30_000, 250 * 2 ** Math.max(0, failures - 1));
}
