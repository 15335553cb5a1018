import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a rehearsal prints: each step once it is done, with the seconds that it took. */
export type Say = (line: string) => void;

export type Steps = <T>(name: string, work: () => Promise<T>) => Promise<T>;

export function stepsWith(say: Say): Steps {
  return async (name, work) => {
    const startedAt = performance.now();
    const result = await work();
    say(`  ${name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    return result;
  };
}

/** A folder for as long as `work` takes, or the process lives. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lodebook-rehearsal-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.on('exit', remove);
  try {
    return await work(folder);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** What was to be the same, and is not. */
export class Differs extends Error {
  override readonly name = 'Differs';

  constructor(what: string, expected: unknown, got: unknown) {
    super(`${what}: expected ${short(expected)}, got ${short(got)}`);
  }
}

/** @throws Differs */
export function requireSame(what: string, expected: unknown, got: unknown): void {
  if (JSON.stringify(expected) !== JSON.stringify(got)) throw new Differs(what, expected, got);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
