import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { LotHistory } from '../../src/api/schemas/lots.ts';
import type { StatementStatus } from '../../src/api/schemas/statements.ts';
import { scopes } from '../../src/protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { type Birth, birthsOf } from '../../src/protocol/lots.ts';
import { type LotHead, type Statement, statementId } from '../../src/protocol/statements.ts';
import type { Certificate } from '../../src/verification/certificate.ts';
import { type Account, account } from '../support/accounts.ts';
import { relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { type HoldingNode, startHoldingNode } from '../support/holding-node.ts';
import { correction, delegation, keyReplacement, observation } from '../support/key-statements.ts';
import { admit, startTestService, type TestService } from '../support/service.ts';
import { dispatch, facilityRegistration, output, production, seconds } from '../support/statements.ts';
import { until } from '../support/until.ts';

let chain: TestChain;
let node: HoldingNode;
let service: TestService;
let [maker, other] = [] as unknown as [Account, Account];
let [site, elsewhere] = [] as unknown as [Hex, Hex];

beforeAll(async () => {
  chain = await startTestChain();
  node = await startHoldingNode(chain.url);
  service = await startTestService({ rpcUrl: node.url, rpcKey: relayer.key });
  [maker, other] = (await admit(service, 'maker', 'other')) as [Account, Account];
  const sites = [maker, other].map((who) => service.record(facilityRegistration(who.address), who));
  [site, elsewhere] = (await Promise.all(sites)).map(({ id }) => id) as [Hex, Hex];
}, 120_000);
afterAll(async () => {
  await service?.stop();
  await node?.stop();
  await chain?.stop();
});
beforeEach(() => {
  node.hold();
  onTestFinished(() => node.release());
});

const idOf = (statement: Statement): Hex => statementId(service.domain, statement);

let masses = 100n;
/** Declared stock that no other test has. */
function stock(fields: Parameters<typeof production>[2] = {}) {
  masses += 1n;
  return production({ custodian: maker.address, facility: site }, [output(masses)], fields);
}
const born = (made: ReturnType<typeof stock>): LotHead => {
  const [{ lot }] = birthsOf(idOf(made), made.message.outputs) as [Birth & { lot: Hex }];
  return { lot, head: lot };
};
const sent = (lot: LotHead) =>
  dispatch({ consignor: maker.address, consignee: other.address, from: site, to: elsewhere }, [lot]);
const split = (input: LotHead) => stock({ process: 'split', inputs: [input] });

async function answer(statement: Statement, signer: Account): Promise<string> {
  const { status, body } = await service.send<{ code?: string; status: string }>(statement, signer);
  return `${status} ${body.code ?? body.status}`;
}

/** Lets the chain go on, and waits until it has recorded them. */
async function recorded(...statements: readonly Statement[]): Promise<void> {
  node.release();
  for (const statement of statements)
    await until(
      async () =>
        /recorded|final/.test(
          (await service.get<StatementStatus>(`/v1/statements/${idOf(statement)}`)).body.status,
        ),
      { timeoutMs: 30_000, what: statement.type },
    );
}

test('a delegate signs as soon as its delegation is accepted, and within its scope', {
  timeout: 60_000,
}, async () => {
  const phone = account('phone of the maker');
  const made = stock();
  expect(await answer(made, phone)).toBe('403 signature-invalid');
  const given = delegation(maker.address, phone.address, { scope: scopes.production });
  expect(await answer(given, maker)).toBe('202 pending');
  expect(await answer(made, phone)).toBe('202 pending');
  const seen = observation({ observer: maker.address, device: phone.address, subject: site });
  expect(await answer(seen, phone)).toBe('403 delegation-out-of-scope');
  const { issuedAt } = given.message;
  const same = delegation(maker.address, phone.address, { issuedAt });
  expect(await answer(same, maker)).toBe('409 delegation-not-later');
  await recorded(given, made);
});

test('nor does its delegation take anything of another party', { timeout: 60_000 }, async () => {
  const phone = account('second phone of the maker');
  const theirs = production({ custodian: other.address, facility: elsewhere }, [output(3n)]);
  node.release();
  await service.record(theirs, other);
  node.hold();
  expect(await answer(delegation(maker.address, phone.address), maker)).toBe('202 pending');
  expect(await answer(split(born(theirs)), phone)).toBe('403 lot-not-held-by');
});

test('observations follow each other before any of them is recorded', { timeout: 60_000 }, async () => {
  const log = { observer: maker.address, device: maker.address, subject: site };
  const first = observation(log);
  const next = observation(log, { previous: idOf(first), count: 3 });
  expect(await answer(next, maker)).toBe('409 tail-stale');
  expect(await answer(first, maker)).toBe('202 pending');
  expect(await answer(observation(log, { count: 9 }), maker)).toBe('409 tail-stale');
  expect(await answer(next, maker)).toBe('202 pending');
  await recorded(first, next);
});

test('a correction of what is not recorded yet makes it void, and gives back what went in', {
  timeout: 60_000,
}, async () => {
  const whole = stock();
  expect(await answer(whole, maker)).toBe('202 pending');
  const wrong = split(born(whole));
  expect(await answer(wrong, maker)).toBe('202 pending');
  expect(await answer(correction(maker.address, idOf(whole)), maker)).toBe('409 output-moved');
  expect(await answer(correction(other.address, idOf(wrong)), other)).toBe('403 correction-not-by-author');
  const undone = correction(maker.address, idOf(wrong));
  expect(await answer(undone, maker)).toBe('202 pending');
  expect(await answer(correction(maker.address, idOf(wrong), { occurredAt: seconds() - 29 }), maker)).toBe(
    '409 production-is-corrected',
  );
  expect(await answer(sent(born(wrong)), maker)).toBe('409 lot-is-void');
  const again = split({ ...born(whole), head: idOf(undone) });
  const right = { ...again, message: { ...again.message, occurredAt: undone.message.occurredAt } };
  expect(await answer(right, maker)).toBe('202 pending');
  await recorded(whole, wrong, undone, right);
  const { entries } = (await service.get<LotHistory>(`/v1/lots/${born(whole).lot}/history`)).body;
  expect(entries.map(({ kind, status }) => [kind, status])).toEqual([
    ['birth', 'held'],
    ['spend', 'spent'],
    ['restore', 'held'],
    ['spend', 'spent'],
  ]);
  const { corrections } = (await service.get<Certificate>(`/v1/lots/${born(right).lot}/certificate`)).body;
  expect(corrections).toMatchObject([
    { effect: 'restored', correction: idOf(undone), production: idOf(wrong) },
  ]);
  const lost = (await service.get<Certificate>(`/v1/lots/${born(wrong).lot}/certificate`)).body;
  expect([lost.verdict, lost.corrections]).toMatchObject(['does not meet', [{ effect: 'void' }]]);
});

test('what is sent, though not recorded yet, is not corrected; nor what came back', {
  timeout: 60_000,
}, async () => {
  const made = stock();
  expect(await answer(made, maker)).toBe('202 pending');
  expect(await answer(sent(born(made)), maker)).toBe('202 pending');
  expect(await answer(correction(maker.address, idOf(made)), maker)).toBe('409 output-moved');
});

test('one accepted key replacement after the other, each by the key before it', {
  timeout: 60_000,
}, async () => {
  const [second, third] = [account('second key'), account('third key')];
  const first = keyReplacement(other.address, second.address);
  expect(await answer(first, other)).toBe('202 pending');
  expect(await answer(keyReplacement(other.address, third.address), other)).toBe('409 key-number-stale');
  const next = keyReplacement(other.address, third.address, 3);
  expect(await answer(next, second)).toBe('202 pending');
  const site = facilityRegistration(other.address, { country: 250, evidence: ZERO_BYTES32 });
  expect(await answer(site, third)).toBe('202 pending');
  await recorded(first, next, site);
  expect(await answer(facilityRegistration(other.address, { country: 276 }), other)).toBe(
    '403 signature-invalid',
  );
});
