import { join } from 'node:path';
import { LockHeld, takeLock } from '../chain/process-lock.ts';

/** Another process has the database folder open. */
export class DatabaseLocked extends Error {
  constructor(directory: string, cause: LockHeld) {
    super(
      `The database in ${directory} is open in another process${cause.holder}. ` +
        'Stop that process, or give this one a folder of its own.',
      { cause },
    );
    this.name = 'DatabaseLocked';
  }
}

/** Takes a folder for this process, until `release` or the process's end. @throws DatabaseLocked */
export function lockDirectory(directory: string): { release(): void } {
  try {
    return takeLock(join(directory, 'lock'));
  } catch (cause) {
    throw cause instanceof LockHeld ? new DatabaseLocked(directory, cause) : cause;
  }
}
