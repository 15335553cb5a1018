import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { hashNatively } from '../../src/chain/native-keccak.ts';
import { nodeOver } from '../../src/chain/node.ts';
import { openRpc, type Rpc, type RpcCall } from '../../src/chain/rpc.ts';
import { startIndexer } from '../../src/indexer/indexer.ts';
import type { LedgerIdentity } from '../../src/indexer/port.ts';
import { type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import { migrate } from '../../src/store/migrate.ts';

type Task = {
  readonly url: string;
  readonly identity: LedgerIdentity;
  readonly database: DatabaseLocation;
};

/** `calls`: what it asked the node for, request by request. `megabytes`: the most memory that its process had. */
export type Indexing = {
  readonly seconds: number;
  readonly megabytes: number;
  readonly calls: readonly (readonly RpcCall[])[];
};

/** Indexes what a node has into an empty database, in a process of its own, as the service does. */
export async function indexOurs(task: Task): Promise<Indexing> {
  const child = fork(import.meta.filename, [JSON.stringify(task)], { stdio: 'inherit' });
  const told = once(child, 'message').then(([message]) => message as Indexing);
  const result = await Promise.race([told, ended(child)]);
  child.disconnect();
  return result;
}

async function ended(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('The indexer ended before it had caught up: see above');
}

async function run({ url, identity, database: location }: Task): Promise<Indexing> {
  hashNatively();
  const database = await openDatabase(location);
  await migrate(database.db);
  const calls: RpcCall[][] = [];
  const stop = new AbortController();
  const began = performance.now();
  let seconds = 0;
  const indexer = startIndexer({
    node: nodeOver(noting(openRpc(url), calls), identity.ledger),
    store: createIndexStore(database.db),
    identity,
    signal: stop.signal,
    log: { info: console.error, warn: console.error, error: console.error },
    onProgress: ({ caughtUp }) => {
      if (!caughtUp || stop.signal.aborted) return;
      seconds = (performance.now() - began) / 1000;
      stop.abort();
    },
  });
  await indexer.done;
  await database.close();
  return { seconds, megabytes: process.resourceUsage().maxRSS / 1024, calls };
}

function noting(rpc: Rpc, calls: RpcCall[][]): Rpc {
  return {
    send: (method, params) => {
      calls.push([[method, params]]);
      return rpc.send(method, params);
    },
    batch: (batch) => {
      calls.push([...batch]);
      return rpc.batch(batch);
    },
  };
}

if (process.argv[1] === import.meta.filename)
  process.send?.(await run(JSON.parse(process.argv[2] ?? '') as Task));
