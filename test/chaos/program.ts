import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
/** A supervisor waits that long before it starts again what ended. */
const RESTART_MS = 300;

export type ProgramOptions = {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where what it says goes. */
  readonly log: string;
};

/** A program of the project in a process of its own, started again whenever it ends, as a supervisor does it. */
export class Program {
  /** How often it ended by itself: it gave up, and was started again. */
  gaveUp = 0;
  readonly #options: ProgramOptions;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  #isWanted = false;

  constructor(options: ProgramOptions) {
    this.#options = options;
    this.#log = createWriteStream(options.log, { flags: 'a' });
    process.on('exit', () => this.#child?.kill('SIGKILL'));
  }

  start(): void {
    this.#isWanted = true;
    if (this.#child) return;
    const { args, env } = this.#options;
    const child = spawn(process.execPath, [...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    this.#child = child;
    child.once('exit', () => this.#ended(child));
  }

  /** Ends it, and does not start it again. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.#isWanted = false;
    const child = this.#child;
    if (!child) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  #ended(child: ChildProcess): void {
    if (this.#child === child) this.#child = null;
    if (!this.#isWanted) return;
    this.gaveUp += 1;
    void sleep(RESTART_MS).then(() => {
      if (this.#isWanted) this.start();
    });
  }
}
