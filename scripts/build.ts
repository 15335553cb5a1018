/**
 * Makes sure that the contracts are compiled and the pages are built, each only where its sources changed since.
 * `ensureBuilt()` prints a line only when there is something to do.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, tool } from './tools.ts';

type Product = {
  name: string;
  what: string;
  sources: string[];
  result: string;
  command: [string, ...string[]];
};

const contracts: Product = {
  name: 'contracts',
  what: 'Compiling the contracts',
  sources: ['contracts/**/*.sol', 'hardhat.config.ts', 'package-lock.json'],
  result: 'artifacts/contracts/MaterialLedger.sol/MaterialLedger.json',
  command: [tool('hardhat'), 'build', '--no-tests', '--quiet'],
};
const pages = byVite('pages', 'Building the pages', 'vite.config.ts', 'dist/web/index.html');
/** After the pages, whose build empties the folder. */
const certificate = byVite(
  'certificate',
  'Building the page of certificates',
  'vite.certificate.config.ts',
  'dist/web/certificate.html',
);
const server = byVite(
  'server',
  'Building what the server draws',
  'vite.server.config.ts',
  'dist/server/certificate.js',
);
const file = byVite(
  'file',
  'Building the certificate file',
  'vite.file.config.ts',
  'dist/file/certificate.js',
);

function byVite(name: string, what: string, config: string, result: string): Product {
  const sources = ['src/{web,protocol,client,provenance,verification}/**', config, 'package-lock.json'];
  const command: Product['command'] = [tool('vite'), 'build', '--config', config, '--logLevel', 'warn'];
  return { name, what, sources, result, command };
}

/** @throws Error with the tool's own output where a build fails */
export async function ensureBuilt(say: (line: string) => void): Promise<void> {
  for (const product of [contracts, pages, certificate, server, file]) await ensure(product, say);
}

async function ensure(product: Product, say: (line: string) => void): Promise<void> {
  const stamp = join(ROOT, '.cache', `${product.name}.built`);
  const wanted = await digestOf(product.sources);
  const found = await readFile(stamp, 'utf8').catch(() => '');
  const there = await readFile(join(ROOT, product.result)).then(
    () => true,
    () => false,
  );
  if (there && found === wanted) return;
  say(`${product.what} …`);
  await run(product);
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, wanted);
}

async function digestOf(patterns: string[]): Promise<string> {
  const files = (await Array.fromAsync(glob(patterns, { cwd: ROOT, withFileTypes: true })))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

async function run({ what, command: [script, ...args] }: Product): Promise<void> {
  // Whoever asks, tests included, gets the pages that users get.
  const env = { ...process.env, NODE_ENV: 'production', HARDHAT_DISABLE_TELEMETRY: 'true' };
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`${what} failed:\n${Buffer.concat(output).toString()}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await ensureBuilt((line) => process.stdout.write(`${line}\n`));
