import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Health } from '../src/api/schemas/health.ts';
import type { ProtocolDescription } from '../src/api/schemas/protocol.ts';
import { performAct, type RoleAct } from '../src/chain/roles.ts';
import { openRpc } from '../src/chain/rpc.ts';
import { openSender } from '../src/chain/sender.ts';
import { type OperatorKeys, operatorKeys } from '../src/operator.ts';
import { type Domain, ledgerDomain } from '../src/protocol/statements.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const READY = /^Lodebook is ready: (\S+)/;
const CHAIN = /^ {2}Chain \(JSON-RPC\) +(\S+)/;

/** The whole of Lodebook in a process of its own, as `npm start` starts it: empty, and without a rate limit. */
export type BenchService = {
  readonly url: string;
  readonly chainUrl: string;
  readonly domain: Domain;
  readonly keys: OperatorKeys;
  health(): Promise<Health>;
  /** Sends what the registrar or the accreditor does, one after the other, and waits until the index has all of it. */
  act(...acts: readonly RoleAct[]): Promise<void>;
  stop(): Promise<void>;
};

/** @param databaseUrl PostgreSQL; without it, the embedded database on this machine's disk */
export async function startBenchService(databaseUrl = ''): Promise<BenchService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lodebook-bench-'));
  const settings = { PORT: '0', CHAIN_PORT: '0', DATA_DIR: dataDir, LODEBOOK_DEMO: '0', RATE_LIMIT: '0' };
  const child = spawn(process.execPath, [...process.execArgv, MAIN], {
    env: { ...process.env, ...settings, DATABASE_URL: databaseUrl, RPC_URL: '', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    await end(child);
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const { url, chainUrl } = await readyAt(child);
    return { url, chainUrl, stop, ...(await talkTo(url, chainUrl, await operatorKeys(dataDir))) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function talkTo(url: string, chainUrl: string, keys: OperatorKeys) {
  const health = async () => (await (await fetch(`${url}/health`)).json()) as Health;
  const { domain } = (await (await fetch(`${url}/v1/protocol`)).json()) as ProtocolDescription;
  const { chainId, verifyingContract: ledger } = domain;
  const rpc = openRpc(chainUrl);
  const act = async (...acts: readonly RoleAct[]): Promise<void> => {
    for (const each of acts) {
      const isAccreditors = each.act === 'accredit' || each.act === 'withdraw';
      const sender = openSender(rpc, chainId, isAccreditors ? keys.accreditor : keys.registrar);
      await performAct(sender, ledger, each, { pollMs: 5 });
    }
    while ((await health()).status !== 'ok') await new Promise((resolve) => setTimeout(resolve, 50));
  };
  return { domain: ledgerDomain(chainId, ledger), keys, health, act };
}

/** @throws Error where the process ends before it is ready */
function readyAt(child: ChildProcess): Promise<{ url: string; chainUrl: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ url: string; chainUrl: string }>();
  let url: string | undefined;
  const lines = createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> });
  lines.on('line', (line) => {
    url = READY.exec(line)?.[1] ?? url;
    const chainUrl = CHAIN.exec(line)?.[1];
    if (url && chainUrl) resolve({ url, chainUrl });
  });
  child.once('error', reject);
  child.once('exit', () => reject(new Error('The service ended before it was ready; see its error above.')));
  return promise;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
