import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** Another process has the database folder open. */
export class DatabaseLocked extends Error {
  constructor(directory: string, holder: string, cause: unknown) {
    super(
      `The database in ${directory} is open in another process${holder}. ` +
        'Stop that process, or give this one a folder of its own.',
      { cause },
    );
    this.name = 'DatabaseLocked';
  }
}

/**
 * Takes a folder for this process, until `release` or the process's end, however it ends.
 *
 * The lock is the operating system's, taken through SQLite, because Node offers none of its own; a file with a
 * process number alone outlives a killed process, and in containers every restart has the same number.
 *
 * @throws DatabaseLocked
 */
export function lockDirectory(directory: string): { release(): void } {
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 500 });
  try {
    lock.exec(`begin immediate; pragma user_version = ${process.pid}; commit; begin immediate`);
  } catch (cause) {
    const holder = holderOf(lock);
    lock.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
    throw new DatabaseLocked(directory, holder, cause);
  }
  return { release: () => lock.close() };
}

function holderOf(lock: DatabaseSync): string {
  const pid = lock.prepare('pragma user_version').get()?.user_version;
  return typeof pid === 'number' && pid > 0 ? ` (process ${pid})` : '';
}
