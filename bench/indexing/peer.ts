import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { installPeer } from '../install.ts';
import type { Recording } from '../network/recording.ts';
import type { ServedNode } from '../network/serve.ts';

const SOURCE = join(import.meta.dirname, '../peers/ponder');
/** Where no tool of the repository looks. */
const INSTALLED = join(import.meta.dirname, '../../.cache/bench-ponder');
const SIGN = 'node_modules/ponder/dist/esm/rpc/index.js';
const RPC = join(INSTALLED, SIGN);
/** It begins with 20 requests a second, and goes on to 500 at most, by a twentieth at a time. */
const LIMITS = /^const (INITIAL_MAX_RPS|MAX_RPS) = [\d_]+;$/gm;
const PATIENCE_MS = 15 * 60_000;
const LOOK_EVERY_MS = 100;

export type PeerTask = {
  readonly node: ServedNode;
  readonly recording: Recording;
  /** Of an empty PostgreSQL. */
  readonly database: string;
  /** Without its limit on requests per second, which no setting lifts. */
  readonly unlimited: boolean;
};

/** Ponder, from its first request until its tables have every fact. @returns seconds  @throws Error where it does not get there */
export async function indexByPonder(task: PeerTask): Promise<number> {
  prepare(task.unlimited);
  const began = task.node.nextRequest();
  const child = start(task);
  try {
    await Promise.race([everyFact(task), ended(child)]);
    return (Date.now() - (await began)) / 1000;
  } finally {
    const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
    child.kill('SIGKILL');
    await gone;
  }
}

function start({ node, recording, database }: PeerTask): ChildProcess {
  const { identity } = recording;
  const program = join(INSTALLED, 'node_modules/ponder/dist/esm/bin/ponder.js');
  const env = {
    ...process.env,
    DATABASE_URL: database,
    RPC_URL: node.url,
    CHAIN_ID: String(identity.chainId),
    LEDGER: identity.ledger,
    DEPLOYED_AT: String(identity.deployedAt),
    PONDER_TELEMETRY_DISABLED: 'true',
  };
  const options = [
    'start',
    '--schema',
    'public',
    '--port',
    '0',
    '--hostname',
    '127.0.0.1',
    '--log-level',
    'warn',
  ];
  return spawn(process.execPath, [program, ...options], {
    cwd: INSTALLED,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('Ponder ended before it had indexed everything: see above');
}

async function everyFact({ recording, database }: PeerTask): Promise<void> {
  const { births, moves, attestations } = recording.facts;
  const client = new pg.Client({ connectionString: database });
  // Where Ponder ends early, the database is dropped while this still looks at it.
  client.on('error', () => undefined);
  await client.connect();
  const started = performance.now();
  try {
    while (performance.now() - started < PATIENCE_MS) {
      const [l, m, a] = await countsIn(client);
      if (l === births && m === moves && a === attestations) return;
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error(`Ponder had not indexed everything after ${PATIENCE_MS / 1000} s`);
  } finally {
    await client.end();
  }
}

/** Zeros while there are no tables. The last table is looked at first: the rest comes with it. */
async function countsIn(client: pg.Client): Promise<number[]> {
  const text = `select (select count(*) from attestation)::int a, (select count(*) from lot)::int l,
    (select count(*) from lot_event where kind in ('dispatch', 'accept'))::int m`;
  const { rows } = await client.query(text).catch(() => ({ rows: [{ a: 0, l: 0, m: 0 }] }));
  const { l, m, a } = rows[0] as { l: number; m: number; a: number };
  return [l, m, a];
}

function prepare(unlimited: boolean): void {
  installPeer({ name: 'ponder', sign: SIGN, command: 'npm run bench:index' });
  for (const file of ['ponder.config.ts', 'ponder.schema.ts', 'src'])
    cpSync(join(SOURCE, file), join(INSTALLED, file), { recursive: true });
  writeFileSync(join(INSTALLED, 'from-lodebook.ts'), fromLodebook());
  rmSync(join(INSTALLED, '.ponder'), { recursive: true, force: true });
  if (!existsSync(`${RPC}.original`)) cpSync(RPC, `${RPC}.original`);
  const original = readFileSync(`${RPC}.original`, 'utf8');
  const lifted = original.replace(LIMITS, 'const $1 = 1_000_000;');
  if (lifted === original) throw new Error(`Ponder's limit on requests is not where it was: ${RPC}`);
  writeFileSync(RPC, unlimited ? lifted : original);
}

/** It gets our hashes of lots: viem's would hold it up more than all the rest. */
function fromLodebook(): string {
  const [abi, lots, keccak] = ['protocol/abi.generated.ts', 'protocol/lots.ts', 'chain/native-keccak.ts'].map(
    (file) => JSON.stringify(join(import.meta.dirname, '../../src', file)),
  );
  return [
    `import { hashNatively } from ${keccak};`,
    `export { ledgerAbi } from ${abi};`,
    `export { birthsOf } from ${lots};`,
    'hashNatively();',
    '',
  ].join('\n');
}
