import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonRpcProvider } from 'ethers/providers';
import { Wallet } from 'ethers/wallet';
import pg from 'pg';
import { type Logger, pino } from 'pino';
import type { Health } from '../../src/api/schemas/health.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { deployLedger, ledgerBytecode } from '../../src/chain/deploy.ts';
import { performAct, type RoleAct } from '../../src/chain/roles.ts';
import { openRpc } from '../../src/chain/rpc.ts';
import { openSender } from '../../src/chain/sender.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type OperatorKeys, operatorKeys } from '../../src/operator.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import { type Domain, ledgerDomain, type Statement } from '../../src/protocol/statements.ts';
import { type Service, startService } from '../../src/service.ts';
import { type Account, account, sign } from './accounts.ts';
import { memoryDatabase } from './memory.ts';
import { until } from './until.ts';

/** Without these the service has a chain and a database of its own. A node elsewhere needs a key with money. */
export type TestServiceOptions = {
  readonly databaseUrl?: string;
  readonly rpcUrl?: string;
  readonly rpcKey?: Hex;
  readonly outboxLimit?: number;
  readonly requestsPerMinute?: number;
  readonly readAccess?: Config['readAccess'];
  readonly logger?: Logger;
};

/** `body` is what JSON says; text that is not JSON stays text. */
export type Reply<T = unknown> = { readonly status: number; readonly body: T; readonly headers: Headers };

export type TestService = Service & {
  readonly domain: Domain;
  readonly keys: OperatorKeys;
  get<T>(path: string): Promise<Reply<T>>;
  /** Posts JSON; a string goes as it is. */
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply<T>>;
  /** Signs and posts a statement. `more`: what goes beside it, or instead of it. */
  send<T = StatementStatus>(
    statement: Statement,
    author: Account,
    more?: Record<string, unknown>,
  ): Promise<Reply<T>>;
  /** Like `send`, and waits until it is recorded. @throws Error with the problem */
  record(statement: Statement, author: Account, more?: Record<string, unknown>): Promise<StatementStatus>;
  /** Lets the registrar or the accreditor do something, and waits until the index has it. */
  act(act: RoleAct): Promise<void>;
};

const { TEST_DATABASE_URL, TEST_RPC_URL, TEST_RPC_KEY } = process.env;

/**
 * A whole service in this process, on free ports, as the options or TEST_DATABASE_URL, TEST_RPC_URL and TEST_RPC_KEY say.
 * Files that share the key run one after the other (vitest --no-file-parallelism): an account's nonces are in a row.
 */
export async function startTestService(options: TestServiceOptions = {}): Promise<TestService> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lodebook-service-'));
  const database = await openTestDatabase(options.databaseUrl ?? TEST_DATABASE_URL);
  const { config, keys } = await settings(dataDir, options);
  const service = await startService(
    { ...config, databaseUrl: database?.url ?? null },
    options.logger ?? pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' }),
    {
      ...(!database && { database: await memoryDatabase() }),
      ...(options.outboxLimit !== undefined && { outboxLimit: options.outboxLimit }),
    },
  );
  const stop = async () => {
    await service.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...clientOf(service, keys), stop };
}

/** The settings, and for a node elsewhere a new ledger there. */
async function settings(
  dataDir: string,
  {
    rpcUrl = TEST_RPC_URL,
    rpcKey = hex(TEST_RPC_KEY ?? ''),
    requestsPerMinute = 0,
    readAccess = 'public',
  }: TestServiceOptions,
): Promise<{ config: Config; keys: OperatorKeys }> {
  const keys = await operatorKeys(dataDir);
  const config = {
    ...readConfig({ DATA_DIR: dataDir, PORT: '0', CHAIN_PORT: '0' }),
    ...{ requestsPerMinute, readAccess },
  };
  if (!rpcUrl) return { config, keys };
  const rpc = openRpc(rpcUrl);
  const payer = openSender(rpc, Number(await rpc.send<Hex>('eth_chainId', [])), rpcKey);
  const addressOf = (key: Hex): Hex => hex(new Wallet(key).address);
  const roles = { registrar: addressOf(keys.registrar), accreditor: addressOf(keys.accreditor) };
  const { ledger } = await deployLedger(payer, { bytecode: await ledgerBytecode(), ...roles });
  await fund(rpcUrl, rpcKey, [...Object.values(roles), addressOf(keys.relayer)]);
  return { config: { ...config, node: { url: rpcUrl, ledger, relayerKey: keys.relayer } }, keys };
}

async function fund(rpcUrl: string, key: Hex, accounts: readonly Hex[]): Promise<void> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, { pollingInterval: 50, cacheTimeout: -1 });
  const wallet = new Wallet(key, provider);
  for (const to of accounts) await (await wallet.sendTransaction({ to, value: 10n ** 18n })).wait();
  provider.destroy();
}

/** A database of its own on the server, and how to drop it. */
async function openTestDatabase(
  serverUrl: string | undefined,
): Promise<{ url: string; drop(): Promise<void> } | null> {
  if (!serverUrl) return null;
  const name = `lodebook_test_${crypto.randomUUID().replaceAll('-', '')}`;
  const run = async (sql: string): Promise<void> => {
    const connection = new pg.Client({ connectionString: serverUrl });
    await connection.connect();
    await connection.query(sql).finally(() => connection.end());
  };
  await run(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}

/** A running service, and how tests speak to it. */
export function clientOf(service: Service, keys: OperatorKeys): TestService {
  const { identity, url, chainUrl } = service;
  const domain = ledgerDomain(identity.chainId, identity.ledger);
  const call = async <T>(path: string, init: RequestInit = {}): Promise<Reply<T>> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const post: TestService['post'] = (path, body, headers = {}) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const signedBody = async (statement: Statement, author: Account, more: Record<string, unknown> = {}) => ({
    ...toJson(statement),
    signature: await sign(domain, statement, author.wallet),
    ...more,
  });
  const rpc = openRpc(chainUrl);
  return {
    ...service,
    ...{ domain, keys, post },
    get: (path) => call(path),
    send: async (statement, author, more) =>
      post('/v1/statements', await signedBody(statement, author, more)),
    record: async (statement, author, more) => {
      const reply = await post<StatementStatus | Problem>(
        '/v1/statements?wait=recorded',
        await signedBody(statement, author, more),
      );
      if (reply.status === 201 || reply.status === 200) return reply.body as StatementStatus;
      throw new Error(`${statement.type}: ${JSON.stringify(reply.body)}`);
    },
    act: async (act) => {
      const key = act.act === 'accredit' || act.act === 'withdraw' ? keys.accreditor : keys.registrar;
      const { block } = await performAct(openSender(rpc, identity.chainId, key), identity.ledger, act, {
        pollMs: 10,
      });
      await until(async () => ((await call<Health>('/health')).body.indexed?.number ?? -1) >= block, {
        what: `block ${block} in the index`,
      });
    },
  };
}

/** Parties of a test, by name: admitted with no evidence. */
export async function admit(service: TestService, ...names: readonly string[]): Promise<Account[]> {
  const accounts = names.map(account);
  for (const { address } of accounts)
    await service.act({ act: 'admit', party: address, evidence: `0x${'00'.repeat(32)}` });
  return accounts;
}
