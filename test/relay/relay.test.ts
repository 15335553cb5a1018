import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordCall } from '../../src/chain/calls.ts';
import { perform } from '../../src/chain/perform.ts';
import { ChainUnavailable } from '../../src/chain/rpc.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { RelayWatch } from '../../src/relay/relay.ts';
import { type Account, account } from '../support/accounts.ts';
import { registrar, relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { ChainRelay } from '../support/chain-relay.ts';
import type { MemoryIndex } from '../support/memory-index.ts';
import type { MemoryOutbox } from '../support/memory-outbox.ts';
import { deployAccount } from '../support/solidity.ts';
import {
  dispatch,
  facilityRegistration,
  lotsOf,
  output,
  production,
  receipt,
  type SignedStatement,
  seconds,
  signed,
} from '../support/statements.ts';
import { until } from '../support/until.ts';

const [mine, smelter] = [account('mine'), account('smelter')];
let chain: TestChain;
let bench: ChainRelay;
let index: MemoryIndex;
let outbox: MemoryOutbox;

beforeAll(async () => {
  chain = await startTestChain();
  await chain.admit(mine.address, smelter.address);
});
afterAll(() => chain.stop());
beforeEach(() => {
  bench = new ChainRelay(chain);
  ({ index, outbox } = bench);
});

const by = (
  author: Account,
  statement: SignedStatement['statement'],
  witness = {},
): Promise<SignedStatement> => signed(chain.domain, statement, author, witness);

/** A facility of the author that no other test uses: its country tells it apart. */
let country = 0;
async function facility(operator: Account): Promise<SignedStatement> {
  country += 1;
  return by(operator, facilityRegistration(operator.address, { country }));
}

/** A chain of statements, each of which extends the one before. */
async function story(): Promise<SignedStatement[]> {
  const [site, plant] = [await facility(mine), await facility(smelter)];
  const at = { custodian: mine.address, facility: site.id };
  const born = await by(mine, production(at, [output(1_000n), output(2_000n)]));
  const lots = lotsOf(born).map(({ lot }) => lot);
  const route = { consignor: mine.address, consignee: smelter.address, from: site.id, to: plant.id };
  const sent = await by(
    mine,
    dispatch(
      route,
      lots.map((lot) => ({ lot, head: lot })),
    ),
  );
  const dispatched = sent.statement.type === 'Dispatch' ? sent.statement.message : undefined;
  const received = await by(smelter, receipt(smelter.address, sent.id, lots), { dispatched });
  const inputs = lots.map((lot) => ({ lot, head: received.id }));
  const births = lotsOf(born).map(({ lot: _, ...birth }) => birth);
  const here = { custodian: smelter.address, facility: plant.id };
  const smelted = production(here, [output(2_500n)], {
    process: 'smelt',
    inputs,
    occurredAt: seconds() - 30,
  });
  return [site, plant, born, sent, received, await by(smelter, smelted, { births })];
}

async function recordElsewhere({ statement, witness, signature }: SignedStatement): Promise<void> {
  const { data } = recordCall(statement, witness, signature);
  await perform(chain.sender(registrar.key), { to: chain.identity.ledger, data }, { pollMs: 5 });
}

const ids = (statements: readonly SignedStatement[]): Hex[] => statements.map(({ id }) => id);

describe('bringing statements onto the chain', () => {
  test('in the order in which each extends the last', async () => {
    const statements = await story();
    outbox.accept(...statements);
    bench.start();
    await bench.allRecorded(statements);
    expect(outbox.recorded()).toEqual(ids(statements));
    expect(outbox.rows.map(({ refused }) => refused)).toEqual(statements.map(() => null));
    expect(bench.log.lines.filter((line) => !line.startsWith('info'))).toEqual([]);
  });

  test('each once, however many wait and however often it is woken', async () => {
    const statements = await Promise.all(Array.from({ length: 40 }, () => facility(mine)));
    outbox.accept(...statements);
    const before = await chain.sender(relayer.key).nonce();
    const { relay } = bench.start();
    for (let count = 0; count < 50; count++) relay.poke();
    await bench.allRecorded(statements);
    expect(await chain.sender(relayer.key).nonce()).toBe(before + 1);
    expect(outbox.recorded()).toEqual(ids(statements));
  });

  test('not those that someone else recorded', async () => {
    const [mineOnly, theirs] = [await facility(mine), await facility(mine)];
    await recordElsewhere(theirs);
    outbox.accept(theirs, mineOnly);
    const before = await chain.sender(relayer.key).nonce();
    bench.start();
    await bench.allRecorded([theirs, mineOnly]);
    expect(await chain.sender(relayer.key).nonce()).toBe(before + 1);
    expect(outbox.rows.map(({ rejected }) => rejected)).toEqual([null, null]);
  });
});

describe('refused statements', () => {
  test('are rejected at once where no later state could accept them, and hold up nobody', async () => {
    const expired = await by(mine, facilityRegistration(mine.address, { recordBy: 1 }));
    const others = [await facility(mine), await facility(smelter)];
    outbox.accept(expired, ...others);
    const told: string[] = [];
    const watch: RelayWatch = {
      sent: (statements) => told.push(...statements.map(({ id }) => `sent ${id}`)),
      rejected: ({ id }, { code, detail }) => told.push(`rejected ${id} ${code}: ${detail}`),
      setBack: (id, kind) => told.push(`${kind} ${id}`),
    };
    bench.start({ watch });
    await bench.allRecorded(others);
    await until(() => outbox.rejection(expired.id) === 'statement-expired');
    const rejection = `rejected ${expired.id} statement-expired:`;
    expect(told.filter((line) => line.startsWith(rejection))).toEqual([
      expect.stringContaining('had to be recorded by 1970-01-01'),
    ]);
    expect(told.filter((line) => line.startsWith('sent'))).toEqual(others.map(({ id }) => `sent ${id}`));
  });

  test('are kept until the state that refuses them is final', async () => {
    const stranger = account('stranger');
    const early = await facility(stranger);
    const other = await facility(mine);
    index.finalize = async () => {};
    outbox.accept(early, other);
    bench.start();
    await bench.allRecorded([other]);
    await until(() => outbox.rows[0]?.refused?.code === 'party-unknown');
    expect(outbox.rejection(early.id)).toBeUndefined();
    await chain.admit(stranger.address);
    await bench.allRecorded([early, other]);
    expect(outbox.notes).toContain('cleared');
  });

  test('are rejected then, with what was built on them', async () => {
    const stranger = account('never admitted');
    const site = await facility(stranger);
    const at = { custodian: stranger.address, facility: site.id };
    const born = await by(stranger, production(at, [output(1n)]));
    outbox.accept(site, born);
    const rejected: Hex[] = [];
    const watch = { sent: () => {}, setBack: () => {}, rejected: ({ id }: { id: Hex }) => rejected.push(id) };
    bench.start({ watch });
    await until(() => outbox.rejection(born.id));
    expect(outbox.rejection(site.id)).toBe('party-unknown');
    expect(rejected).toEqual([site.id, born.id]);
  });

  test('are rejected on a chain that stands still', async () => {
    const early = await facility(account('a stranger to all'));
    const { relay } = bench.start();
    const { head } = await chain.node.tips();
    await until(() => index.final === head.number);
    outbox.accept(early);
    relay.poke();
    await until(() => outbox.rejection(early.id));
    expect(outbox.rejection(early.id)).toBe('party-unknown');
  });

  test('are sent once what they wait for is recorded by someone else', async () => {
    const [site, , born] = (await story()) as [SignedStatement, SignedStatement, SignedStatement];
    index.finalize = async () => {};
    outbox.accept(born);
    bench.start();
    await until(() => outbox.rows[0]?.refused?.code === 'facility-unknown');
    await recordElsewhere(site);
    await bench.allRecorded([born]);
  });
});

describe('trouble', () => {
  test('an author whose contract takes nothing that is sent holds up nobody, and is rejected', async () => {
    const wallet = await deployAccount(chain.sender(registrar.key), 'Unsent', mine.address);
    await chain.admit(wallet);
    const hostile = { ...(await by(mine, facilityRegistration(wallet))), signature: '0x01' as const };
    const [refused, good] = [await facility(account('never admitted')), await facility(mine)];
    outbox.accept(hostile, refused, good);
    bench.start();
    await until(() => outbox.rejection(hostile.id) && outbox.rejection(refused.id));
    expect([outbox.rejection(hostile.id), outbox.rejection(refused.id)]).toEqual([
      'signature-invalid',
      'party-unknown',
    ]);
    await bench.allRecorded([good]);
  });

  test('a chain that is away loses nothing', async () => {
    let isAway = true;
    const node = {
      ...chain.node,
      tips: () => (isAway ? Promise.reject(new ChainUnavailable('away')) : chain.node.tips()),
    };
    const statements = [await facility(mine), await facility(smelter)];
    outbox.accept(...statements);
    const { relay } = bench.start({ node });
    await until(() => relay.status().error === 'away');
    isAway = false;
    relay.poke();
    await bench.allRecorded(statements);
    await until(() => relay.status().error === null);
  });

  test('an account without money is reported, and served once it has some', async () => {
    const pauper = account('pauper');
    const statement = await facility(mine);
    outbox.accept(statement);
    const { relay } = bench.start({ sender: chain.sender(pauper.key) });
    await until(() => relay.status().error?.includes(pauper.address));
    expect(relay.status()).toMatchObject({ account: pauper.address, balance: 0n });
    expect(bench.log.lines).toContainEqual(expect.stringMatching(/^error: .*fund it/));
    await pay(pauper.address, 10n ** 18n);
    relay.poke();
    await bench.allRecorded([statement]);
  });

  test('a key that is used elsewhere as well costs nothing but another try', async () => {
    const statements = await Promise.all(Array.from({ length: 12 }, () => facility(mine)));
    outbox.accept(...statements);
    bench.start();
    for (let count = 0; count < 5; count++) await pay(mine.address, 1n, relayer).catch(() => {});
    await bench.allRecorded(statements);
  });

  test('a witness that is missing is the statement’s own trouble', async () => {
    const [site, plant, born, sent, received] = (await story()) as [
      SignedStatement,
      SignedStatement,
      SignedStatement,
      SignedStatement,
      SignedStatement,
    ];
    const other = await facility(mine);
    outbox.accept(site, plant, born, sent, { ...received, witness: {} }, other);
    bench.start();
    await until(() => outbox.rejection(received.id) === 'witness-mismatch');
    await bench.allRecorded([site, plant, born, sent, other]);
  });
});

/** Money from the registrar, or from `from`. */
async function pay(to: Hex, value: bigint, from: Account = registrar): Promise<void> {
  const sender = chain.sender(from.key);
  const nonce = await sender.nonce();
  const fees = { maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n };
  const { chainId } = chain.identity;
  const raw = await from.wallet.signTransaction({
    type: 2,
    chainId,
    nonce,
    to,
    value,
    gasLimit: 21_000n,
    ...fees,
  });
  const [outcome] = await sender.broadcast([raw as Hex]);
  if (outcome?.status !== 'sent') throw new Error(outcome?.message);
}
