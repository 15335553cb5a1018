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
const pages: Product = {
  name: 'pages',
  what: 'Building the pages',
  sources: ['src/{web,protocol,client,provenance,verification}/**', 'vite.config.ts', 'package-lock.json'],
  result: 'dist/web/index.html',
  command: [tool('vite'), 'build', '--logLevel', 'warn'],
};
/** After the pages, whose build empties the folder. */
const certificate: Product = {
  name: 'certificate',
  what: 'Building the page of certificates',
  sources: [...pages.sources, 'vite.certificate.config.ts'],
  result: 'dist/web/certificate.html',
  command: [tool('vite'), 'build', '--config', 'vite.certificate.config.ts', '--logLevel', 'warn'],
};
const server: Product = {
  name: 'server',
  what: 'Building what the server draws',
  sources: [...pages.sources, 'vite.server.config.ts'],
  result: 'dist/server/certificate.js',
  command: [tool('vite'), 'build', '--config', 'vite.server.config.ts', '--logLevel', 'warn'],
};
const file: Product = {
  name: 'file',
  what: 'Building the certificate file',
  sources: [...pages.sources, 'vite.file.config.ts'],
  result: 'dist/file/certificate.js',
  command: [tool('vite'), 'build', '--config', 'vite.file.config.ts', '--logLevel', 'warn'],
};

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
