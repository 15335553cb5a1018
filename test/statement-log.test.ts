import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { statementEvents } from '../src/api/statement-events.ts';
import { openLog } from '../src/logging.ts';
import { evidenceRoot } from '../src/protocol/evidence.ts';
import type { Hex } from '../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../src/protocol/lots.ts';
import { type Statement, statementId } from '../src/protocol/statements.ts';
import type { Account } from './support/accounts.ts';
import { relayer, startTestChain, type TestChain } from './support/chain.ts';
import { type HoldingNode, startHoldingNode } from './support/holding-node.ts';
import { admit, startTestService, type TestService } from './support/service.ts';
import { dispatch, facilityRegistration, output, production } from './support/statements.ts';
import { until } from './support/until.ts';

type Line = { readonly event?: string; readonly id?: Hex } & Record<string, unknown>;

let chain: TestChain;
let node: HoldingNode;
let service: TestService;
let miner: Account;
let text = '';

const linesOf = (statement: Statement): Line[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ id }) => id === idOf(statement));
const idOf = (statement: Statement): Hex => statementId(service.domain, statement);

beforeAll(async () => {
  chain = await startTestChain();
  node = await startHoldingNode(chain.url);
  const write = (line: string): void => {
    text += line;
  };
  const logger = openLog('trace', { write });
  service = await startTestService({ rpcUrl: node.url, rpcKey: relayer.key, logger });
  [miner] = (await admit(service, 'miner')) as [Account];
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await node?.stop();
  await chain?.stop();
});

const SECRET = 'Jane Doe, 1 Shaft Road';
const salt = `0x${'5e'.repeat(32)}` as const;
const evidence = { fields: [{ path: 'legalName', value: SECRET, salt }] };

test('a statement leaves one line for each thing that happens to it, with its ids and nothing of its evidence', async () => {
  const site = facilityRegistration(miner.address, { evidence: evidenceRoot(evidence) });
  await service.record(site, miner, { evidence });
  const made = production({ custodian: miner.address, facility: idOf(site) }, [output(5n)]);
  await service.record(made, miner);
  const [{ lot }] = birthsOf(idOf(made), made.message.outputs) as [Birth & { lot: Hex }];
  const sent = dispatch(
    { consignor: miner.address, consignee: miner.address, from: idOf(site), to: idOf(site) },
    [{ lot, head: lot }],
  );
  await service.record(sent, miner);
  for (const statement of [site, made, sent])
    await until(() => linesOf(statement).some(({ event }) => event === 'final'));

  for (const [statement, lots] of [
    [site, []],
    [made, [lot]],
    [sent, [lot]],
  ] as const) {
    const { type } = statement;
    const common = { level: 30, time: expect.any(Number), id: idOf(statement), type, lots };
    const transaction = expect.stringMatching(/^0x[0-9a-f]{64}$/);
    const where = { block: expect.any(Number), transaction };
    expect(linesOf(statement).map(({ pid, hostname, msg, ...line }) => line)).toEqual([
      { ...common, event: 'accepted' },
      { ...common, event: 'sent', transaction },
      { ...common, event: 'recorded', ...where },
      { ...common, event: 'final', ...where },
    ]);
  }
  const { keys } = service;
  for (const secret of [SECRET, 'Jane', salt, miner.key, relayer.key, ...Object.values(keys)])
    expect(text).not.toContain(secret);
});

test('a statement that is rejected after all leaves a line with the code', async () => {
  node.hold();
  onTestFinished(() => node.release());
  const site = facilityRegistration(miner.address, { country: 392 });
  const content = [{ material: 27, recycled: false, milligrams: 5n }];
  const at = { custodian: miner.address, facility: idOf(site) };
  const mined = production(at, [output(5n, content)], { process: 'extract' });
  for (const statement of [site, mined]) expect((await service.send(statement, miner)).status).toBe(202);
  node.release();
  const rejected = await until(() => linesOf(mined).find(({ event }) => event === 'rejected'));
  expect(rejected).toMatchObject({ code: 'quota-exceeded', block: expect.any(Number) });
  expect(linesOf(mined).map(({ event }) => event)).toEqual(['accepted', 'rejected']);
  const { body } = await service.get<string>('/metrics');
  expect(body).toMatch(/^lodebook_statements_rejected_total\{code="quota-exceeded"\} 1$/m);
  const again = await service.send(mined, miner);
  expect(again.status).toBe(403);
  expect((await service.get<string>('/metrics')).body).toMatch(
    /^lodebook_statements_refused_total\{code="quota-exceeded"\} 1$/m,
  );
}, 60_000);

test('no line has an event that the list does not have', () => {
  const events = text
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => (JSON.parse(line) as Line).event ?? []);
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect(statementEvents).toContain(event);
});
