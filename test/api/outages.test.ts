import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Health } from '../../src/api/schemas/health.ts';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { statementId } from '../../src/protocol/statements.ts';
import { type Account, account } from '../support/accounts.ts';
import { relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { type Gateway, gatewayHttp, gatewayTcp } from '../support/gateway.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { facilityRegistration } from '../support/statements.ts';
import { until } from '../support/until.ts';

const author = account('author');

/** A registration that differs from the last one. */
let country = 100;
function registration() {
  country += 1;
  return facilityRegistration(author.address, { country });
}

async function expectPutOff(service: TestService, code: string, status = 503): Promise<void> {
  const statement = registration();
  const reply = await service.send<Problem>(statement, author);
  expect([reply.status, reply.body.code]).toEqual([status, code]);
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.stringify(reply.body)).not.toMatch(/ECONN|127\.0\.0\.1|postgres:/);
}

async function expectRecorded(
  service: TestService,
  statement: ReturnType<typeof registration>,
): Promise<void> {
  const id = statementId(service.domain, statement);
  await until(
    async () => {
      const { body } = await service.get<StatementStatus>(`/v1/statements/${id}`);
      return body.status === 'recorded' || body.status === 'final';
    },
    { timeoutMs: 45_000, what: `statement ${id}` },
  );
}

describe('while the chain is away', () => {
  let chain: TestChain;
  let gateway: Gateway;
  let service: TestService;

  beforeAll(async () => {
    chain = await startTestChain();
    gateway = await gatewayHttp(chain.url);
    service = await startTestService({ rpcUrl: gateway.url, rpcKey: relayer.key });
    await admit(service, 'author');
  });
  afterAll(async () => {
    await service?.stop();
    await gateway?.cut();
    await chain?.stop();
  });

  test('statements are put off, reads go on, and nothing that was accepted is lost', async () => {
    const before = registration();
    expect((await service.send(before, author)).status).toBe(202);
    await gateway.cut();
    await expectPutOff(service, 'chain-unavailable');
    const health = await service.get<Health>('/health');
    expect([health.status, health.body.status]).toEqual([503, 'chain-unavailable']);
    expect((await service.get('/v1/parties')).status).toBe(200);
    expect((await service.get('/metrics')).status).toBe(200);
    await gateway.restore();
    await expectRecorded(service, before);
    const after = registration();
    expect((await service.send(after, author)).status).toBe(202);
    await expectRecorded(service, after);
    expect((await service.get('/health')).status).toBe(200);
  });
});

describe('while the database is away', () => {
  let postgres: Postgres;
  let gateway: Gateway;
  let service: TestService;

  beforeAll(async () => {
    postgres = await startPostgres();
    gateway = await gatewayTcp(postgres.url);
    service = await startTestService({ databaseUrl: gateway.url });
    await admit(service, 'author');
  }, 120_000);
  afterAll(async () => {
    await service?.stop();
    await gateway?.cut();
    await postgres?.stop();
  });

  test('everything is put off, and nothing that was accepted is lost', async () => {
    const before = registration();
    expect((await service.send(before, author)).status).toBe(202);
    await gateway.cut();
    await expectPutOff(service, 'database-unavailable');
    const lots = await service.get<Problem>('/v1/lots');
    expect([lots.status, lots.body.code]).toEqual([503, 'database-unavailable']);
    const health = await service.get<Health>('/health');
    expect([health.status, health.body.status]).toEqual([503, 'database-unavailable']);
    await gateway.restore();
    await expectRecorded(service, before);
    const after = registration();
    expect((await service.send(after, author)).status).toBe(202);
    await expectRecorded(service, after);
  });
});

describe('while the outbox is full', () => {
  let service: TestService;
  let authors: Account[];

  beforeAll(async () => {
    service = await startTestService({ outboxLimit: 0 });
    authors = await admit(service, 'author');
  });
  afterAll(() => service?.stop());

  test('statements are put off, and not kept', async () => {
    expect(authors).toHaveLength(1);
    await expectPutOff(service, 'outbox-full', 429);
    // The second is turned away before anything is checked of it.
    await expectPutOff(service, 'outbox-full', 429);
    const unsent = statementId(service.domain, registration());
    expect((await service.get(`/v1/statements/${unsent}`)).status).toBe(404);
    expect((await service.get<Health>('/health')).body.outbox).toEqual({ open: 0, oldestSeconds: null });
  });
});
