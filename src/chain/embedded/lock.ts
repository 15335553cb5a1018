import { mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EmbeddedChainError } from './errors.ts';

const sqliteBusy = 5;

/**
 * Takes the journal for this process, until `release` or the process's end, however it ends.
 *
 * The lock is the operating system's, taken through SQLite on `<journal>.lock`, because Node offers no file locks of
 * its own, and a file with a process number alone goes wrong in containers, where every restart is process 1 again.
 * The process number inside is for the message.
 * @throws EmbeddedChainError `journal-locked`
 */
export function lockJournal(journalPath: string): { release(): void } {
  mkdirSync(dirname(journalPath), { recursive: true });
  const path = join(realpathSync(dirname(journalPath)), `${basename(journalPath)}.lock`);
  const database = new DatabaseSync(path, { timeout: 500 });
  try {
    database.exec('begin immediate');
    database.exec(`pragma user_version = ${process.pid}`);
    database.exec('commit');
    database.exec('begin immediate');
  } catch (cause) {
    const holder = holderOf(database);
    database.close();
    if ((cause as { errcode?: number }).errcode !== sqliteBusy) throw cause;
    throw new EmbeddedChainError(
      'journal-locked',
      `The chain's journal ${journalPath} is open in another process${holder} (lock ${path}). ` +
        'Stop that process, or give this one a journal of its own.',
      { cause },
    );
  }
  return { release: () => database.close() };
}

function holderOf(database: DatabaseSync): string {
  try {
    const pid = database.prepare('pragma user_version').get()?.user_version;
    return typeof pid === 'number' && pid > 0 ? ` (${pid})` : '';
  } catch {
    return '';
  }
}
