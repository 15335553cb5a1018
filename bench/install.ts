import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = 'package-lock.json';

/** A package of `bench/peers`. `sign`: a file of it that is there once it is installed. */
type Peer = { readonly name: string; readonly sign: string; readonly command: string };

/**
 * Installs what a bench needs and Lodebook itself does not, once for each lock file; from then on it needs no network.
 *
 * @returns the folder, where no tool of the repository looks
 * @throws Error where npm cannot
 */
export function installPeer({ name, sign, command }: Peer): string {
  const source = join(import.meta.dirname, 'peers', name);
  const installed = join(import.meta.dirname, '../.cache', `bench-${name}`);
  if (isInstalled(source, installed, sign)) return installed;
  const npm = process.env.npm_execpath;
  if (npm === undefined)
    throw new Error(`npm has to install what bench/peers/${name} names. Run: ${command}`);
  cpSync(source, installed, { recursive: true });
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: installed,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0) return installed;
  throw new Error(
    `What bench/peers/${name} names could not be installed: npm ci, see above. Connect to the npm registry for the first ` +
      `run, or leave it out: ${command} -- --quick`,
  );
}

function isInstalled(source: string, installed: string, sign: string): boolean {
  if (!existsSync(join(installed, sign))) return false;
  const [wanted, found] = [source, installed].map((folder) => readFileSync(join(folder, LOCK), 'utf8'));
  return wanted === found;
}
