import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openBrowser } from '../../test/support/browser.ts';
import { installPeer } from '../install.ts';

const CLI = 'node_modules/lighthouse/cli/index.js';
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;

/** Of 100. */
export type Scores = Readonly<Record<(typeof CATEGORIES)[number], number>>;
type Report = {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly runtimeError?: { readonly message: string };
};

/**
 * Lighthouse's own phone: a mid-range one on slow 4G, simulated. Of several runs the one with the middle performance
 * counts; what it says of accessibility and best practices is the same in all.
 *
 * @param url a page of a service that runs
 * @throws Error where Lighthouse cannot judge the page
 */
export async function scoresOf(url: string, runs: number): Promise<Scores> {
  const folder = installPeer({ name: 'lighthouse', sign: CLI, command: 'npm run bench:pages' });
  const all: Scores[] = [];
  for (let run = 0; run < runs; run += 1) all.push(await judge(folder, url));
  const sorted = all.sort((a, b) => a.performance - b.performance);
  return sorted[Math.floor((runs - 1) / 2)] as Scores;
}

/** Each in a browser of its own: nothing of the page is there yet. */
async function judge(folder: string, url: string): Promise<Scores> {
  const port = await freePort();
  const browser = await openBrowser([`--remote-debugging-port=${port}`]);
  try {
    const report = await run(join(folder, CLI), [
      url,
      `--port=${port}`,
      '--output=json',
      '--quiet',
      `--only-categories=${CATEGORIES.join(',')}`,
      '--no-enable-error-reporting',
    ]);
    return scoresIn(JSON.parse(report) as Report);
  } finally {
    await browser.close();
  }
}

async function run(program: string, options: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [program, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}: see above`);
  return Buffer.concat(pieces).toString('utf8');
}

function scoresIn({ categories, runtimeError }: Report): Scores {
  if (runtimeError) throw new Error(`Lighthouse could not judge the page: ${runtimeError.message}`);
  const scores = CATEGORIES.map((name) => {
    const score = categories[name]?.score;
    if (typeof score !== 'number') throw new Error(`Lighthouse gave no score for ${name}`);
    return [name, Math.round(score * 100)] as const;
  });
  return Object.fromEntries(scores) as Scores;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
