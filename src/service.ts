import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { access, constants, mkdir } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createApi } from './api/app.ts';
import type { Context } from './api/context.ts';
import { readHealth } from './api/health.ts';
import { createMetrics } from './api/metrics.ts';
import { createTeller } from './api/statement-events.ts';
import { certificateParts } from './api/views/certificate-file.ts';
import { openPages } from './api/web/drawing.ts';
import { urlOf } from './chain/embedded/guard.ts';
import { gathered } from './chain/gather.ts';
import { hashNatively } from './chain/native-keccak.ts';
import { nodeOver } from './chain/node.ts';
import { openProofs } from './chain/proofs.ts';
import { type ChainHome, openChain } from './chain-home.ts';
import type { Config, ReaderConfig } from './config.ts';
import { demoPersonas } from './demo/public-keys.ts';
import { noFollowers, startFollowers } from './followers.ts';
import type { LedgerIdentity } from './indexer/port.ts';
import { accountOf } from './operator.ts';
import { loadPolicies } from './policies.ts';
import { readerChain } from './reader.ts';
import { type Database, type DatabaseLocation, openDatabase } from './store/database.ts';
import { migrate, requireMigrated } from './store/migrate.ts';
import { createOutbox } from './store/outbox.ts';

/** A running Lodebook. `chainUrl`: the node's JSON-RPC. `stop` ends it in order; a second call waits for the first. */
export type Service = {
  readonly url: string;
  readonly chainUrl: string;
  readonly identity: LedgerIdentity;
  stop(): Promise<void>;
};

/** What tests change. `now`: Unix milliseconds. */
export type ServiceOverrides = {
  readonly now?: () => number;
  readonly database?: DatabaseLocation;
  /** How many statements may wait; 10,000 if not given. */
  readonly outboxLimit?: number;
};

const OUTBOX_LIMIT = 10_000;
/** Chains elsewhere have blocks every few seconds, and count requests. */
const REMOTE_POLL_MS = 2_000;
const DIST = join(import.meta.dirname, '../dist');
/** How long requests under way may take once the service stops. */
const DRAIN_MS = 5_000;

type Cleanup = (() => Promise<unknown>)[];

/**
 * Starts everything in this process: chain (unless there is one elsewhere), database, indexer, relay, API.
 * @throws with a message for the operator where something cannot start; what was started is stopped again
 */
export async function startService(
  config: Config,
  logger: Logger,
  overrides: ServiceOverrides = {},
): Promise<Service> {
  const cleanup: Cleanup = [];
  hashNatively();
  try {
    await requireFolder(config.dataDir);
    const now = overrides.now ?? Date.now;
    const location = overrides.database ?? locationOf(config);
    const open = { config, logger, now, location, cleanup };
    const { chain, database } = await (config.reader ? openToRead(open, config.reader) : openAll(open));
    const limit = overrides.outboxLimit ?? OUTBOX_LIMIT;
    const url = await serve({ config, logger, now, chain, database, limit, cleanup });
    const { identity } = chain;
    // A node's address may carry a password or a key: its origin does not.
    const origin = new URL(chain.url).origin;
    logger.info({ url, chain: origin, ledger: identity.ledger, chainId: identity.chainId }, 'listening');
    let stopped: Promise<void> | undefined;
    return {
      url,
      chainUrl: chain.url,
      identity,
      stop: () => {
        stopped ??= runAll(cleanup);
        return stopped;
      },
    };
  } catch (error) {
    await runAll(cleanup).catch((err: unknown) => logger.error({ err }, 'could not stop in order'));
    throw error;
  }
}

type Opening = {
  readonly config: Config;
  readonly logger: Logger;
  readonly now: () => number;
  readonly location: DatabaseLocation;
  readonly cleanup: Cleanup;
};
type Opened = { readonly chain: ChainHome; readonly database: Database };

async function openAll({ config, logger, now, location, cleanup }: Opening): Promise<Opened> {
  const chain = await openChain(config, logger, now);
  cleanup.push(() => chain.stop());
  const database = await openDatabase(location);
  cleanup.push(() => database.close());
  await migrate(database.db);
  return { chain, database };
}

async function openToRead({ location, cleanup }: Opening, reader: ReaderConfig): Promise<Opened> {
  const database = await openDatabase('url' in location ? { ...location, readOnly: true } : location);
  cleanup.push(() => database.close());
  await requireMigrated(database.db);
  return { chain: await readerChain(reader, database.db), database };
}

type Parts = {
  readonly config: Config;
  readonly logger: Logger;
  readonly now: () => number;
  readonly chain: ChainHome;
  readonly database: Database;
  readonly limit: number;
  readonly cleanup: Cleanup;
};

/** Indexer, relay and API over an open chain and database. @returns the API's URL */
async function serve({ config, logger, now, chain, database, limit, cleanup }: Parts): Promise<string> {
  const { identity, relayerKey } = chain;
  const rpc = gathered(chain.rpc);
  const { db } = database;
  const node = nodeOver(rpc, identity.ledger, relayerKey ? accountOf(relayerKey) : undefined);
  const outbox = createOutbox(db, limit);
  const policies = await loadPolicies(config.dataDir);
  const stopping = new AbortController();
  const metrics = createMetrics({
    health: () => readHealth(context),
    duties: () => followers.duties(),
    pool: () => database.pool(),
  });
  const teller = createTeller(logger, metrics);
  const pollMs = config.node === null ? null : REMOTE_POLL_MS;
  const common = { database, node, rpc, identity, outbox, now, metrics, teller, pollMs, log: logger };
  const followers = relayerKey === null ? noFollowers : startFollowers({ ...common, relayerKey });
  cleanup.push(() => followers.stop());
  let ownUrl = '';
  const context: Context = {
    ...{ db, outbox, policies },
    chain: node,
    proofs: (block) => openProofs(chain.rpc, identity.ledger, block),
    certificateParts: certificateParts(join(DIST, 'file')),
    ledger: { chainId: identity.chainId, address: identity.ledger, deployedAt: identity.deployedAt },
    clock: () => Math.floor(now() / 1000),
    onAccepted: (id, statement) => {
      teller.tell('accepted', teller.describe(id, statement));
      followers.wakeRelay();
    },
    isIndexStuck: followers.isStuck,
    readOnly: config.reader,
    readAccess: config.readAccess,
    personas: config.demo && config.node === null && config.reader === null ? demoPersonas() : [],
    publicUrl: () => config.publicUrl ?? ownUrl,
    stopping: stopping.signal,
  };
  const { requestsPerMinute } = config;
  const pages = await openPages(DIST);
  const deps = { context, logger, metrics, newRequestId: randomUUID, requestsPerMinute, pages };
  const server = await listen(createApi(deps), config);
  cleanup.push(() => {
    stopping.abort();
    return close(server);
  });
  ownUrl = urlOf({ host: config.host, port: (server.address() as AddressInfo).port });
  return ownUrl;
}

function locationOf({ databaseUrl, dataDir }: Config): DatabaseLocation {
  return databaseUrl === null ? { dataDir: join(dataDir, 'database') } : { url: databaseUrl };
}

async function requireFolder(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
    .then(() => access(dataDir, constants.W_OK))
    .catch((cause: NodeJS.ErrnoException) => {
      throw new Error(`DATA_DIR ${dataDir} is no folder that can be written to (${cause.code}).`, { cause });
    });
}

async function listen(app: RequestListener, { port, host }: Config): Promise<Server> {
  const server = createServer(app).listen(port, host);
  await once(server, 'listening').catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EADDRINUSE' ? 'another program listens there' : cause.message;
    throw new Error(`Cannot listen on ${host}, port ${port}: ${why}. Set HOST or PORT.`, { cause });
  });
  return server;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(cut);
}

/** In reverse: what was opened last closes first. A failure does not keep the rest open. */
async function runAll(cleanup: Cleanup): Promise<void> {
  const failures: unknown[] = [];
  for (const step of cleanup.splice(0).reverse())
    await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped in order');
}
