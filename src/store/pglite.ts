import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig, type PGlitePgConfig } from '@electric-sql/pglite/node-postgres';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import type { PoolConfig } from 'pg';
import { lockDirectory } from './directory-lock.ts';

/** PGlite, for a pool of one connection. `close` writes everything out and lets go of the folder. */
export type OpenPGlite = {
  readonly poolConfig: PoolConfig;
  close(): Promise<void>;
};

/** An empty database in memory. @param image of `newImage`: read, not made, it opens several times as fast */
export async function openInMemory(image?: Blob): Promise<OpenPGlite> {
  const options = image && { loadDataDir: image };
  return withPool(await PGlite.create('memory://', options), () => undefined);
}

/** A new database, as a file. */
export async function newImage(): Promise<Blob> {
  const pglite = await PGlite.create('memory://');
  try {
    return await pglite.dumpDataDir('none');
  } finally {
    await pglite.close();
  }
}

/**
 * Opens the database in `dataDir`, or makes it.
 *
 * @throws DatabaseLocked where another process has it open
 */
export async function openPGlite(dataDir: string): Promise<OpenPGlite> {
  mkdirSync(dataDir, { recursive: true });
  const lock = lockDirectory(dataDir);
  try {
    const cluster = join(dataDir, 'cluster');
    if (!existsSync(cluster)) await makeCluster(cluster);
    return withPool(await PGlite.create(durable(cluster)), lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function withPool(pglite: PGlite, release: () => void): OpenPGlite {
  const close = async () => {
    await pglite.close();
    release();
  };
  return { poolConfig: createPgConfig(pglite) as PGlitePgConfig & PoolConfig, close };
}

/** Made aside and moved into place, so that a process killed half-way leaves nothing that looks like a database. */
async function makeCluster(cluster: string): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const pglite = await PGlite.create(durable(unfinished));
  await pglite.close();
  for (const path of readdirSync(unfinished, { recursive: true }) as string[]) sync(join(unfinished, path));
  sync(unfinished);
  renameSync(unfinished, cluster);
  sync(join(cluster, '..'));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/** PGlite runs without fsync unless told otherwise (`-F`), and its file system has none. */
function durable(cluster: string) {
  const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  return {
    fs: new SyncedNodeFS(cluster),
    relaxedDurability: false,
    startParams: [...startParams, '-c', 'fsync=on', '-c', 'wal_sync_method=fsync'],
  };
}

type SyncedModule = {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
};

const EIO = 29;

/** PGlite's files of this machine, where PostgreSQL's fsync reaches the disk. */
class SyncedNodeFS extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(pglite, options);
    const addSync = ({ NODEFS }: SyncedModule) => {
      NODEFS.stream_ops.fsync = ({ nfd }) => {
        try {
          fsyncSync(nfd);
          return 0;
        } catch {
          return EIO;
        }
      };
    };
    const preRun = [...[emscriptenOpts.preRun ?? []].flat(), addSync] as NonNullable<
      typeof emscriptenOpts.preRun
    >;
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }
}
