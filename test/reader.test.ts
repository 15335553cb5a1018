import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Health } from '../src/api/schemas/health.ts';
import type { Problem } from '../src/api/schemas/problem.ts';
import type { StatementStatus } from '../src/api/schemas/statements.ts';
import { readConfig } from '../src/config.ts';
import { ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { type Service, startService } from '../src/service.ts';
import { openDatabase } from '../src/store/database.ts';
import { account } from './support/accounts.ts';
import { relayer, startTestChain, type TestChain } from './support/chain.ts';
import { type Postgres, startPostgres } from './support/postgres.ts';
import { admit, startTestService, type TestService } from './support/service.ts';
import { facilityRegistration } from './support/statements.ts';

let folder: string;
let chain: TestChain;
let postgres: Postgres;
let writer: TestService;
let ownedUrl: string;
let databaseUrl: string;
let reader: Service;

const variables = (more: Record<string, string> = {}): Record<string, string> => ({
  ...{ ROLE: 'reader', DATA_DIR: folder, PORT: '0', DATABASE_URL: databaseUrl, RPC_URL: chain.url },
  ...more,
});
const start = (more?: Record<string, string>): Promise<Service> =>
  startService(readConfig(variables(more)), pino({ level: 'silent' }));

/** The database that the writer made on the server. */
async function databaseOf(server: string): Promise<string> {
  const connection = new pg.Client({ connectionString: server });
  await connection.connect();
  const sql = "select datname from pg_database where datname like 'lodebook_test%'";
  const { rows } = await connection.query<{ datname: string }>(sql);
  await connection.end();
  return new URL(`/${rows[0]?.datname}`, server).href;
}

/** The same, as a user that has no right but to look. */
async function asOnlooker(owned: string): Promise<string> {
  const connection = new pg.Client({ connectionString: owned });
  await connection.connect();
  await connection.query("create role onlooker login password 'glass'");
  await connection.query('grant select on all tables in schema public to onlooker');
  await connection.end();
  return Object.assign(new URL(owned), { username: 'onlooker', password: 'glass' }).href;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lodebook-reader-'));
  [chain, postgres] = await Promise.all([startTestChain(), startPostgres()]);
  writer = await startTestService({ databaseUrl: postgres.url, rpcUrl: chain.url, rpcKey: relayer.key });
  ownedUrl = await databaseOf(postgres.url);
  databaseUrl = await asOnlooker(ownedUrl);
  await admit(writer, 'author');
  reader = await start({ WRITER_URL: writer.url });
}, 120_000);
afterAll(async () => {
  await reader?.stop();
  await writer?.stop();
  await Promise.all([chain?.stop(), postgres?.stop(), rm(folder, { recursive: true, force: true })]);
});

const get = async <T>(path: string): Promise<{ status: number; body: T }> => {
  const response = await fetch(reader.url + path);
  return { status: response.status, body: (await response.json()) as T };
};
const post = async (path: string): Promise<{ status: number; body: Problem }> => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(reader.url + path, { method: 'POST', headers, body: '{}' });
  return { status: response.status, body: (await response.json()) as Problem };
};

test('what one process writes, a reader shows', async () => {
  const author = account('author');
  const { id } = await writer.record(facilityRegistration(author.address), author);
  expect((await get<StatementStatus>(`/v1/statements/${id}`)).body.id).toBe(id);
  expect((await get(`/v1/facilities/${id}`)).status).toBe(200);
  expect(await get<Health>('/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  const [leading, standing] = await Promise.all(
    [writer.url, reader.url].map(async (url) => (await fetch(`${url}/metrics`)).text()),
  );
  expect(leading).toMatch(/^lodebook_leader 1$/m);
  expect(standing).toMatch(/^lodebook_leader 0$/m);
});

test.each(['/v1/statements', '/v1/evidence', '/v1/sessions'])(
  '%s: a reader says where to write',
  async (path) => {
    const reply = await post(path);
    expect([reply.status, reply.body.code]).toEqual([421, 'read-only']);
    expect(reply.body.detail).toContain(writer.url);
  },
);

test('its connections refuse to write, whatever the program does', async () => {
  const { db, close } = await openDatabase({ url: ownedUrl, readOnly: true });
  await expect(db.deleteFrom('block').execute()).rejects.toThrow(/read-only transaction/);
  await close();
});

test('it does not start on a database of another ledger, or of none', async () => {
  await expect(start({ LEDGER_ADDRESS: account('other').address })).rejects.toThrow(/LEDGER_ADDRESS is 0x/);
  await expect(start({ DATABASE_URL: postgres.url })).rejects.toThrow(/lacks migrations \(0001/);
});

test('it does not start beside a node of another chain, and starts without any node', async () => {
  const other = createServer((_request, response) => response.end('{"jsonrpc":"2.0","id":0,"result":"0x5"}'));
  await once(other.listen(0, '127.0.0.1'), 'listening');
  const RPC_URL = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  await expect(start({ RPC_URL })).rejects.toThrow(/RPC_URL is of chain 5/);
  other.close();
  const alone = await start({ RPC_URL });
  const health = await fetch(`${alone.url}/health`);
  expect(await health.json()).toMatchObject({ status: 'chain-unavailable' });
  expect((await fetch(`${alone.url}/v1/parties`)).status).toBe(200);
  await alone.stop();
});

test.each([
  [{ DATABASE_URL: '' }, /DATABASE_URL: expected with ROLE=reader/],
  [{ RPC_URL: '' }, /RPC_URL: expected with ROLE=reader/],
  [{ RELAYER_KEY: ZERO_BYTES32 }, /RELAYER_KEY: expected none with ROLE=reader/],
])('%j is refused', (more, expected) => {
  expect(() => readConfig(variables(more as Record<string, string>))).toThrow(expected);
});
