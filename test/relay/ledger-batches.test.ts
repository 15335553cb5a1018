import { Interface } from 'ethers/abi';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordCall } from '../../src/chain/calls.ts';
import { perform } from '../../src/chain/perform.ts';
import { NodeError } from '../../src/chain/rpc.ts';
import type { Sender } from '../../src/chain/sender.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';
import { account } from '../support/accounts.ts';
import { registrar, relayer, startTestChain, type TestChain } from '../support/chain.ts';
import { ChainRelay } from '../support/chain-relay.ts';
import type { MemoryOutbox } from '../support/memory-outbox.ts';
import { deployAccount, leaveGas } from '../support/solidity.ts';
import {
  facilityRegistration,
  output,
  production,
  type SignedStatement,
  signed,
} from '../support/statements.ts';
import { until } from '../support/until.ts';

const mine = account('mine');
const GAS_TOO_LOW = hex(new Interface(ledgerAbi).getError('GasTooLow')?.selector as string);
let chain: TestChain;
let bench: ChainRelay;
let outbox: MemoryOutbox;

beforeAll(async () => {
  chain = await startTestChain();
  await chain.admit(mine.address);
});
afterAll(() => chain.stop());
beforeEach(() => {
  bench = new ChainRelay(chain);
  ({ outbox } = bench);
});

let country = 0;
async function facility(operator: Hex = mine.address): Promise<SignedStatement> {
  country += 1;
  return signed(chain.domain, facilityRegistration(operator, { country }), mine);
}

const facilities = (count: number): Promise<SignedStatement[]> =>
  Promise.all(Array.from({ length: count }, () => facility()));

/** A party that is a contract. */
async function fickleAccount(): Promise<Hex> {
  const address = await deployAccount(chain.sender(registrar.key), 'Fickle', mine.address);
  await chain.admit(address);
  return address;
}

/** A relayer's account before each of whose transactions a party makes asking for its signature dear, and cheap again after. */
function raced(fickle: Hex, left: bigint): Sender {
  const sender = chain.sender(relayer.key);
  const leave = (gas: bigint) => leaveGas(chain.sender(registrar.key), fickle, gas);
  const broadcast: Sender['broadcast'] = async (raws) => {
    await leave(left);
    const outcomes = await sender.broadcast(raws);
    await leave(2n ** 255n);
    return outcomes;
  };
  return { ...sender, broadcast };
}

async function recordElsewhere({ statement, witness, signature }: SignedStatement): Promise<void> {
  const { data } = recordCall(statement, witness, signature);
  await perform(chain.sender(registrar.key), { to: chain.identity.ledger, data }, { pollMs: 5 });
}

/** The statements that each of the ledger's transactions recorded, by what the index holds of the outbox. */
function loads(all: readonly SignedStatement[]): number[][] {
  const places = new Map(all.map(({ id }, place) => [id, place]));
  const byTransaction = new Map<Hex, number[]>();
  for (const { transaction, event } of bench.index.blocks.flatMap(({ events }) => events)) {
    const place = event.kind === 'statement' ? places.get(event.id) : undefined;
    if (place === undefined) continue;
    byTransaction.set(transaction, [...(byTransaction.get(transaction) ?? []), place]);
  }
  return [...byTransaction.values()];
}

describe('a batch on the ledger', () => {
  test('records what it carries in order, in one transaction', async () => {
    const all = await facilities(30);
    outbox.accept(...all);
    bench.start();
    await bench.allRecorded(all);
    expect(loads(all)).toEqual([all.map((_, place) => place)]);
  });

  test('records the others where the state moved under one of them', async () => {
    const all = await facilities(5);
    const overtaken = all[2] as SignedStatement;
    outbox.accept(...all);
    const sender = chain.sender(relayer.key);
    let isOvertaken = false;
    const broadcast: Sender['broadcast'] = async (raws) => {
      if (!isOvertaken) await recordElsewhere(overtaken);
      isOvertaken = true;
      return sender.broadcast(raws);
    };
    bench.start({ sender: { ...sender, broadcast } });
    await bench.allRecorded(all);
    expect(loads(all)).toEqual([[2], [0, 1, 3, 4]]);
    expect(outbox.notes).toEqual([]);
    expect(bench.log.lines).toContainEqual(expect.stringContaining('statement-already-recorded'));
  });

  test('that was given too little gas records nothing, and every statement goes again by itself', async () => {
    const all = await facilities(6);
    outbox.accept(...all);
    const sender = chain.sender(relayer.key);
    const estimate: Sender['estimate'] = async (call) => (await sender.estimate(call)) / 2n;
    bench.start({ sender: { ...sender, estimate } });
    await bench.allRecorded(all);
    expect(loads(all)).toEqual(all.map((_, place) => [place]));
    expect(bench.log.lines.filter((line) => line.includes('batch failed as a whole'))).toHaveLength(6);
    expect(outbox.rows.map(({ refused, rejected }) => refused ?? rejected)).toEqual(all.map(() => null));
  });
});

test('a statement that the node estimates with too little gas is sent with all the gas there is', async () => {
  const all = await facilities(2);
  outbox.accept(...all);
  const sender = chain.sender(relayer.key);
  const estimate: Sender['estimate'] = async () => {
    throw new NodeError(3, 'execution reverted', GAS_TOO_LOW);
  };
  bench.start({ sender: { ...sender, estimate } });
  await bench.allRecorded(all);
  expect(loads(all)).toEqual([[0], [1]]);
  expect(outbox.notes).toEqual([]);
});

describe('neighbours of a smart account', () => {
  test('whose answer changes in a block are recorded at once; it is tried by itself, and given up', async () => {
    const fickle = await fickleAccount();
    const hostile = await facility(fickle);
    const [before, after] = [await facilities(3), await facilities(3)];
    outbox.accept(...before, hostile, ...after);
    let now = 0;
    const first = await chain.sender(relayer.key).nonce();
    bench.start({ now: () => now, sender: raced(fickle, 0n) });
    await bench.allRecorded([...before, ...after]);
    expect(loads([...before, ...after])).toEqual([[0, 1, 2, 3, 4, 5]]);
    await until(() => {
      now += 10_000;
      return outbox.rejection(hostile.id);
    });
    expect(outbox.rejection(hostile.id)).toBe('reverted');
    expect(await chain.sender(relayer.key).nonce()).toBe(first + 5);
  });

  test('which uses all the gas that it may in a block are recorded with it', async () => {
    const fickle = await fickleAccount();
    const site = await facility(fickle);
    await recordElsewhere(site);
    // Of twenty lots each: what comes after the signature costs more than the asking.
    const stocks = Array.from({ length: 3 }, (_, stock) => {
      const outputs = Array.from({ length: 20 }, (_, index) => output(BigInt(100 * stock + index + 1)));
      return production({ custodian: fickle, facility: site.id }, outputs);
    });
    const born = await Promise.all(stocks.map((stock) => signed(chain.domain, stock, mine)));
    const all = [await facility(), ...born, await facility(fickle)];
    outbox.accept(...all);
    bench.start({ sender: raced(fickle, 5_000n) });
    await bench.allRecorded(all);
    expect(loads(all)).toEqual([[0, 1, 2, 3, 4]]);
  });
});
