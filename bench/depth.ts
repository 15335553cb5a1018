import type { Hex } from '../src/protocol/hex.ts';
import { type BenchChain, calldataGas, seeded } from './chain.ts';
import { relayer } from './ledger.ts';
import { drum, type Story } from './story.ts';
import { type Lot, type Made, producing, registered } from './turns.ts';

const DEPTHS: readonly number[] = [1, 100, 10_000];
/** Together they stay below what a block holds. */
const PER_BLOCK = 200;
const GAS_LIMIT = 250_000n;

/**
 * What a production of one lot into one uses whose ancestry is so deep. Ids are hashes, whose zero bytes cost less, so
 * that `gas` differs by a few dozen; `withoutCalldata` may not differ at all.
 */
export type AtDepth = { readonly depth: number; readonly gas: number; readonly withoutCalldata: number };

/** Makes a lot of a lot of a lot …, each with a transaction. @param onProgress called after each block */
export async function measureDepth(
  story: Story,
  onProgress: (done: number, total: number) => void,
): Promise<AtDepth[]> {
  const { chain, address } = story.ledger;
  const total = Math.max(...DEPTHS);
  const sent = new Map<number, { hash: Hex; data: Hex }>();
  let nonce: number | undefined;
  let [lot] = await registered(story, 1);
  for (let depth = 1; depth <= total && lot; depth++) {
    const made = await reweighing(story, lot);
    nonce ??= await chain.nonce(relayer);
    const call = { from: relayer, to: address, data: made.data };
    sent.set(depth, { hash: await chain.enqueue(call, nonce++, GAS_LIMIT), data: made.data });
    [lot] = made.lots;
    if (depth % PER_BLOCK !== 0 && depth !== total) continue;
    await chain.mine();
    onProgress(depth, total);
  }
  return Promise.all(DEPTHS.map((depth) => atDepth(chain, depth, sent.get(depth))));
}

/** Each spends the one before it, so that where the last was recorded, all were. */
async function atDepth(
  chain: BenchChain,
  depth: number,
  sent: { hash: Hex; data: Hex } | undefined,
): Promise<AtDepth> {
  if (sent === undefined) throw new Error(`No production of depth ${depth} was sent`);
  const { gas } = await chain.receipt(sent.hash);
  return { depth, gas, withoutCalldata: gas - calldataGas(sent.data) };
}

function reweighing(story: Story, lot: Lot): Promise<Made> {
  const output = drum(lot.output.milligrams, seeded('weighed again'));
  const statement = story.production(story.miner, 'reweigh', [lot], [output]);
  return producing(story, story.miner, statement, [lot]);
}
