import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { LockHeld, takeLock } from '../process-lock.ts';
import { EmbeddedChainError } from './errors.ts';

/**
 * Takes the journal for this process, until `release` or the process's end.
 * @throws EmbeddedChainError `journal-locked`
 */
export function lockJournal(journalPath: string): { release(): void } {
  mkdirSync(dirname(journalPath), { recursive: true });
  const path = join(realpathSync(dirname(journalPath)), `${basename(journalPath)}.lock`);
  try {
    return takeLock(path);
  } catch (cause) {
    if (!(cause instanceof LockHeld)) throw cause;
    throw new EmbeddedChainError(
      'journal-locked',
      `The chain's journal ${journalPath} is open in another process${cause.holder} (lock ${path}). ` +
        'Stop that process, or give this one a journal of its own.',
      { cause },
    );
  }
}
