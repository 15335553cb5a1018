import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/** Another process holds the lock. `holder` is for messages: " (process 123)", or nothing where it is not known. */
export class LockHeld extends Error {
  readonly holder: string;

  constructor(path: string, holder: string, cause: unknown) {
    super(`${path} is locked by another process${holder}`, { cause });
    this.name = 'LockHeld';
    this.holder = holder;
  }
}

/**
 * Takes a lock file for this process, until `release` or the process's end, however it ends.
 *
 * The lock is the operating system's, taken through SQLite, because Node offers no file locks of its own; a file with
 * a process number alone outlives a killed process, and in containers every restart has the same number.
 *
 * @throws LockHeld
 */
export function takeLock(path: string): { release(): void } {
  const lock = new DatabaseSync(path, { timeout: 500 });
  try {
    lock.exec(`begin immediate; pragma user_version = ${process.pid}; commit; begin immediate`);
  } catch (cause) {
    const holder = holderOf(lock);
    lock.close();
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause;
    throw new LockHeld(path, holder, cause);
  }
  return { release: () => lock.close() };
}

/** A lock that was taken this very moment may not be read yet. */
function holderOf(lock: DatabaseSync): string {
  try {
    const pid = lock.prepare('pragma user_version').get()?.user_version;
    return typeof pid === 'number' && pid > 0 ? ` (process ${pid})` : '';
  } catch {
    return '';
  }
}
