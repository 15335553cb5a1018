import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, glob, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../test/support/postgres.ts';

const PROGRAMS = ['initdb', 'postgres', 'createdb', 'pg_dump', 'pg_restore', 'pg_basebackup'];
const READY = /database system is ready to accept (read-only )?connections/;
/** PostgreSQL refuses to run as root; this user exists everywhere. */
const NOBODY = 65_534;
const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
const run = promisify(execFile);

/** A PostgreSQL server of the rehearsal's own, in a folder that may be thrown away. */
export type Cluster = {
  readonly folder: string;
  /** Of a database on it. */
  url(database: string): string;
  /** Runs one of PostgreSQL's programs against it. */
  client(program: string, ...args: readonly string[]): Promise<void>;
  stop(): Promise<void>;
};

/** Where PostgreSQL's server and its tools for backups lie together, newest first; null = nowhere. */
export async function findPrograms(given: string | undefined): Promise<string | null> {
  const found = given === undefined ? await Array.fromAsync(glob('/usr/lib/postgresql/*/bin')) : [given];
  const whole = found.filter((folder) => PROGRAMS.every((name) => existsSync(join(folder, name))));
  return whole.sort((a, b) => versionIn(b) - versionIn(a))[0] ?? null;
}

function versionIn(folder: string): number {
  return Number(/\/(\d+)\/bin$/.exec(folder)?.[1] ?? 0);
}

/** One password for every server of a rehearsal: a copy has that of its original. */
const PASSWORD = randomBytes(16).toString('hex');

/** Makes an empty server in a new folder, and starts it. */
export async function newCluster(programs: string, folder: string): Promise<Cluster> {
  await ownFolder(folder);
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
  if (user.uid !== undefined) await chown(passwordFile, user.uid, user.gid);
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const form = ['--encoding=UTF8', '--no-locale', '--no-sync'];
  await run(join(programs, 'initdb'), ['--pgdata', folder, ...access, ...form], { ...user, cwd: folder });
  return startCluster(programs, folder);
}

/** A folder that the server's user may write to. */
export async function ownFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  await chmod(folder, 0o700);
}

/** Starts the server whose data a folder holds: a new one, a backup's, or a standby's. */
export async function startCluster(programs: string, folder: string): Promise<Cluster> {
  const port = await freePort();
  const settings = ['unix_socket_directories=', 'max_wal_senders=4', 'hot_standby=on', 'fsync=off'].flatMap(
    (one) => ['-c', one],
  );
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', folder, '-h', '127.0.0.1', '-p', `${port}`, ...settings],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const abandon = (): void => void server.kill('SIGQUIT');
  process.on('exit', abandon);
  server.on('exit', () => process.off('exit', abandon));
  await ready(server);
  const url = (database: string): string => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  return {
    folder,
    url,
    client: async (program, ...args) => {
      const connection = {
        PGHOST: '127.0.0.1',
        PGPORT: String(port),
        PGUSER: 'postgres',
        PGPASSWORD: PASSWORD,
      };
      await run(join(programs, program), [...args], {
        ...user,
        cwd: '/',
        env: { ...process.env, ...connection },
      });
    },
    stop: () => stop(server),
  };
}

function ready(server: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`PostgreSQL ended before it was ready:\n${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000);
      if (READY.test(log)) resolve();
    });
  });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
}
