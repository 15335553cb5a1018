import { type Cluster, newCluster, ownFolder } from './cluster.ts';
import type { Variables } from './deployment.ts';
import type { Steps } from './steps.ts';

/** What a rehearsal on PostgreSQL works with: its programs, and a folder that is removed at the end. */
export type Stage = {
  readonly programs: string;
  readonly step: Steps;
  /** Servers to stop at the end, whatever happens. */
  readonly running: Cluster[];
  place(name: string): string;
};

export const DATABASE = 'lodebook';

/** The environment of a service on a server. */
export function variablesOn({ place }: Stage, cluster: Cluster): Variables {
  return { DATA_DIR: place('data'), DATABASE_URL: cluster.url(DATABASE) };
}

/** A new server with an empty database. */
export async function emptyServer({ programs, place, running }: Stage, name: string): Promise<Cluster> {
  const server = await newCluster(programs, place(name));
  running.push(server);
  await server.client('createdb', DATABASE);
  return server;
}

/** @param more `--write-recovery-conf` makes a standby of it */
export async function baseBackup(
  { place }: Stage,
  server: Cluster,
  name: string,
  ...more: readonly string[]
): Promise<void> {
  await ownFolder(place(name));
  // What is thrown away in a moment need not reach the disk.
  const options = [`--pgdata=${place(name)}`, '--checkpoint=fast', '--no-sync'];
  await server.client('pg_basebackup', ...options, ...more);
}
