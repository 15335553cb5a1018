import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../scripts/build.ts';
import { createClient } from '../src/client/client.ts';

const ROOT = join(import.meta.dirname, '..');
const LONG = 300_000;

let dataDir: string;
let child: ChildProcess | undefined;

beforeAll(async () => {
  await ensureBuilt(() => undefined);
  dataDir = await mkdtemp(join(tmpdir(), 'lodebook-restart-'));
}, LONG);

afterAll(async () => {
  child?.kill('SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs a program of the project in a process of its own, and reads its output until `pattern`, or its end. */
async function run(args: string[], pattern?: RegExp): Promise<string> {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', CHAIN_PORT: '0', LODEBOOK_DEMO: '1' };
  const program = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'] });
  child = program;
  let output = '';
  return new Promise((resolve, reject) => {
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (pattern?.test(output)) resolve(output);
    });
    program.once('close', (code) => {
      if (pattern === undefined && code === 0) resolve(output);
      else reject(new Error(`${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}

async function end(signal: NodeJS.Signals): Promise<unknown[]> {
  if (!child) throw new Error('no program runs');
  const ended = once(child, 'exit');
  child.kill(signal);
  return ended;
}

test('killed while the story loads, the service goes on with it; nothing is lost or doubled', {
  timeout: LONG,
}, async () => {
  for (const tenth of [2, 5]) {
    await run(['src/main.ts'], new RegExp(`(Loading the story[^]*){${tenth}}`));
    await end('SIGKILL');
  }
  const ready = await run(['src/main.ts'], /Stop with Ctrl-C/);
  const url = /ready: (\S+)/.exec(ready)?.[1] ?? '';
  const client = createClient({ api: url });
  const packs = [...ready.matchAll(/Pack \w: ([a-z ]+) \(.*\n\s+\S+\/lots\/(0x\w+)/g)];
  expect(packs).toHaveLength(3);
  for (const [, verdict, lot] of packs)
    expect((await client.certificate(lot as `0x${string}`)).verdict).toBe(verdict);

  expect(await end('SIGTERM')).toEqual([0, null]);
  const check = await run(['src/cli.ts', 'rebuild', '--check', '--json']);
  expect(JSON.parse(check)).toMatchObject({ differences: [] });
});
