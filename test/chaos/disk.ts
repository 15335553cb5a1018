import { execFile } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MIB = 1 << 20;

export type SmallDisk = { unmount(): Promise<void> };

/** Mounts a file system of that many bytes on a folder; null where that is not permitted. */
export async function mountSmall(folder: string, bytes: number): Promise<SmallDisk | null> {
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder]);
    return {
      unmount: async () => {
        await run('umount', ['-l', folder]);
      },
    };
  } catch {
    return null;
  }
}

/** Writes into a folder until its disk is full to the last byte. */
export async function fillDisk(folder: string): Promise<{ give(): Promise<void> }> {
  const path = join(folder, 'ballast');
  const file = await open(path, 'w');
  for (let size = MIB; size >= 1; ) {
    const { bytesWritten } = await file.write(Buffer.alloc(size)).catch(() => ({ bytesWritten: 0 }));
    if (bytesWritten < size) size = Math.floor(size / 16);
  }
  await file.close();
  return { give: () => rm(path) };
}
