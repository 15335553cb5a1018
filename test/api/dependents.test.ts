import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Problem } from '../../src/api/schemas/problem.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { toJson } from '../../src/protocol/json.ts';
import { type Birth, birthsOf } from '../../src/protocol/lots.ts';
import { type LotHead, type Statement, statementId } from '../../src/protocol/statements.ts';
import { type Account, sign } from '../support/accounts.ts';
import { relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { type HoldingNode, startHoldingNode } from '../support/holding-node.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { dispatch, facilityRegistration, output, production, receipt } from '../support/statements.ts';
import { until } from '../support/until.ts';
import { cobalt, GRAM } from './story.ts';

let chain: TestChain;
let node: HoldingNode;
let service: TestService;
let [attacker, victim] = [] as unknown as [Account, Account];
let [den, shop] = [] as unknown as [Hex, Hex];

beforeAll(async () => {
  chain = await startTestChain();
  node = await startHoldingNode(chain.url);
  service = await startTestService({ rpcUrl: node.url, rpcKey: relayer.key });
  [attacker, victim] = (await admit(service, 'attacker', 'victim')) as [Account, Account];
  const sites = [attacker, victim].map((who) => service.record(facilityRegistration(who.address), who));
  [den, shop] = (await Promise.all(sites)).map(({ id }) => id) as [Hex, Hex];
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await node?.stop();
  await chain?.stop();
});

const idOf = (statement: Statement): Hex => statementId(service.domain, statement);
const born = (statement: Statement & { type: 'Production' }): LotHead => {
  const [{ lot }] = birthsOf(idOf(statement), statement.message.outputs) as [Birth & { lot: Hex }];
  return { lot, head: lot };
};
let masses = 1n;
/** Declared stock that no other test has. */
function stock(who: Account, facility: Hex) {
  masses += 1n;
  return production({ custodian: who.address, facility }, [output(masses)]);
}
const fromAttacker = () => ({ consignor: attacker.address, consignee: attacker.address, from: den, to: den });

async function answer(statement: Statement, author: Account): Promise<string> {
  const { status, body } = await service.send<{ code?: string; status: string }>(statement, author);
  return `${status} ${body.code ?? body.status}`;
}

async function recordedLot(who: Account, facility: Hex): Promise<LotHead> {
  const made = stock(who, facility);
  await service.record(made, who);
  return born(made);
}

describe('what builds on a statement that is not recorded yet', () => {
  let [theirs, own, pending] = [] as unknown as [LotHead, LotHead, LotHead];

  beforeEach(async () => {
    node.release();
    [theirs, own] = await Promise.all([recordedLot(victim, shop), recordedLot(attacker, den)]);
    node.hold();
    onTestFinished(() => node.release());
    const made = stock(attacker, den);
    expect(await answer(made, attacker)).toBe('202 pending');
    pending = born(made);
  }, 60_000);

  const sendsWith = (...lots: readonly LotHead[]) =>
    answer(dispatch(fromAttacker(), [pending, ...lots]), attacker);

  test("takes no other party's lot along, and keeps nobody from moving it", async () => {
    expect(await sendsWith(theirs)).toBe('403 lot-not-held-by');
    const blend = { process: 'blend', inputs: [pending, theirs] } as const;
    const mixed = production({ custodian: attacker.address, facility: den }, [output(2n)], blend);
    expect(await answer(mixed, attacker)).toBe('403 lot-not-held-by');
    const route = { ...fromAttacker(), consignor: victim.address, from: shop };
    expect(await answer(dispatch(route, [theirs]), victim)).toBe('202 pending');
  });

  test('nor one that does not exist, or whose head is another', async () => {
    const unknown = { lot: idOf(stock(victim, shop)), head: theirs.head };
    expect(await sendsWith(unknown)).toBe('404 lot-unknown');
    expect(await sendsWith({ ...own, head: theirs.head })).toBe('409 head-stale');
    expect(await sendsWith(own)).toBe('202 pending');
  });

  test("nor names another party's site, or one that is none", async () => {
    const lots = [pending];
    for (const [fields, expected] of [
      [{ from: shop }, '403 facility-not-operated-by'],
      [{ to: shop }, '403 facility-not-operated-by'],
      [{ to: idOf(stock(victim, shop)) }, '404 facility-unknown'],
    ] as const)
      expect(await answer(dispatch({ ...fromAttacker(), ...fields }, lots), attacker)).toBe(expected);
    const site = facilityRegistration(victim.address, { country: 250 });
    expect(await answer(site, victim)).toBe('202 pending');
    const at = { custodian: attacker.address, facility: idOf(site) };
    const inputs = { process: 'split', inputs: [own] } as const;
    expect(await answer(production(at, [output(1n)], inputs), attacker)).toBe('403 facility-not-operated-by');
  });

  test('a site that is not recorded yet hides no lot behind it', async () => {
    const site = facilityRegistration(attacker.address, { country: 276 });
    expect(await answer(site, attacker)).toBe('202 pending');
    const at = { custodian: attacker.address, facility: idOf(site) };
    const split = (input: LotHead) =>
      production(at, [output(1n)], { process: 'split' as const, inputs: [input] });
    expect(await answer(split(theirs), attacker)).toBe('403 lot-not-held-by');
    expect(await answer(split(own), attacker)).toBe('202 pending');
  });

  test('custody follows each of them: sent, refused, and the sender’s again', async () => {
    const sent = dispatch({ ...fromAttacker(), consignee: victim.address, to: shop }, [pending]);
    expect(await answer(sent, attacker)).toBe('202 pending');
    const { lot } = pending;
    const here = { lots: [{ lot: theirs.lot, milligrams: 0n }] };
    expect(await answer(receipt(victim.address, idOf(sent), [lot], here), victim)).toBe(
      '409 dispatch-not-head',
    );
    const back = receipt(victim.address, idOf(sent), [lot], { accepted: false });
    expect(await answer(back, victim)).toBe('202 pending');
    const again = [{ lot, head: idOf(back) }];
    const route = { ...fromAttacker(), consignor: victim.address, from: shop };
    expect(await answer(dispatch(route, again, { occurredAt: back.message.occurredAt }), victim)).toBe(
      '403 lot-not-held-by',
    );
    const resent = dispatch(fromAttacker(), again, { occurredAt: back.message.occurredAt });
    expect(await answer(resent, attacker)).toBe('202 pending');
    node.release();
    await until(
      async () =>
        /recorded|final/.test(
          (await service.get<Problem>(`/v1/statements/${idOf(resent)}`)).body.status as never,
        ),
      { timeoutMs: 30_000 },
    );
  }, 60_000);
});

test('a statement that was accepted and is rejected later: whoever waits is told why, and may send it again', async () => {
  node.hold();
  onTestFinished(() => node.release());
  const site = facilityRegistration(victim.address, { country: 392 });
  expect(await answer(site, victim)).toBe('202 pending');
  const at = { custodian: victim.address, facility: idOf(site) };
  const mined = production(at, [output(GRAM, [cobalt(5n)])], { process: 'extract' });
  expect(await answer(mined, victim)).toBe('202 pending');
  const signature = await sign(service.domain, mined, victim.wallet);
  const waiting = service.post<Problem>('/v1/statements?wait=recorded', { ...toJson(mined), signature });
  node.release();
  const reply = await waiting;
  expect([reply.status, reply.body.code]).toEqual([403, 'quota-exceeded']);
  const { body } = await service.get<StatementStatus>(`/v1/statements/${idOf(mined)}`);
  expect(body).toMatchObject({ status: 'rejected', refusal: { code: 'quota-exceeded' } });
  expect(await answer(mined, victim)).toBe('403 quota-exceeded');
  const quota = { act: 'grant-quota', material: 27, recycled: false, milligrams: 5n } as const;
  for (const year of [new Date().getUTCFullYear() - 1, new Date().getUTCFullYear()])
    await service.act({ ...quota, facility: idOf(site), year, evidence: ZERO_BYTES32 });
  expect((await service.record(mined, victim)).status).toMatch(/recorded|final/);
}, 60_000);
