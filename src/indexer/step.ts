import type { LedgerBlock } from '../chain/events.ts';
import { ChainMoved, type Header } from '../chain/ledger.ts';
import type { LedgerNode, Tips } from '../chain/node.ts';
import type { Hex } from '../protocol/hex.ts';
import type { BlockRef, IndexStore } from './port.ts';

/**
 * How many blocks one step reads at most: where they are final, and where they may still change. `unfiled`: how far a
 * node's logs may lag behind its blocks; within that, a range of logs may come out short, and each block is asked for
 * its own.
 */
export type StepLimits = { readonly settled: number; readonly open: number; readonly unfiled: number };
/** Nodes file logs within a few blocks. */
export const UNFILED = 64;
const defaultLimits: StepLimits = { settled: 2_000, open: 64, unfiled: UNFILED };

/**
 * What an index does next. `finalized`: the number up to which the index may then call itself final.
 * - `extend`: the chain goes on from the index's head; add these blocks. `settled`: none of them can change any more.
 * - `rewind`: the chain left the index's branch; take back what stands above `to`, their last common block.
 * - `refuse`: the chain contradicts a block that the index holds as final. `chain` is the hash that it has there.
 * - `wait`: nothing new. `behind`: the chain is shorter than the index and does not contradict it (a node that lags,
 *   or one that lost blocks).
 */
export type Step =
  | {
      readonly kind: 'extend';
      readonly blocks: readonly LedgerBlock[];
      readonly settled: boolean;
      readonly finalized: number;
    }
  | { readonly kind: 'rewind'; readonly to: number }
  | { readonly kind: 'refuse'; readonly held: BlockRef; readonly chain: Hex }
  | { readonly kind: 'wait'; readonly behind: boolean; readonly finalized: number };

/** The index's head, and the chain's tips with the block that it has there: both from one answer. */
export type Sight = { readonly head: BlockRef | null; readonly tips: Tips };

export async function look(node: LedgerNode, store: IndexStore): Promise<Sight> {
  const head = await store.head();
  return { head, tips: await node.tips(head?.number) };
}

/**
 * Compares the index with the chain. Where the node that named the tips has the index's head, the index is of its branch
 * up to there, and what that node calls final is final in it; of what another node then adds, the next look tells.
 * @throws ChainMoved, ChainUnavailable, NodeError: ask again
 */
export async function nextStep(
  node: LedgerNode,
  store: IndexStore,
  { head, tips }: Sight,
  limits: StepLimits = defaultLimits,
): Promise<Step> {
  const bound = await store.bound();
  if (bound === null) throw new Error('The index is not bound to a ledger yet');
  if (head === null) return extension(node, { number: bound.deployedAt - 1, hash: null }, tips, limits);
  if (head.number > tips.head.number) return shorterChain(node, store, tips);
  return tips.beside?.hash === head.hash
    ? extension(node, head, tips, limits)
    : fork(node, store, tips, head.number - 1);
}

/** Nothing becomes final by this step. */
const NOTHING = -1;

type Parent = { readonly number: number; readonly hash: Hex | null };

async function extension(node: LedgerNode, parent: Parent, tips: Tips, limits: StepLimits): Promise<Step> {
  const from = parent.number + 1;
  const finalized = parent.hash === null ? NOTHING : Math.min(parent.number, tips.finalized);
  if (from > tips.head.number) return { kind: 'wait', behind: false, finalized };
  const filed = Math.min(tips.finalized, tips.head.number - limits.unfiled);
  const settled = from <= filed;
  const blocks = settled
    ? await node.settledBlocks(from, Math.min(filed, parent.number + limits.settled))
    : await node.blocks(from, Math.min(tips.head.number, parent.number + limits.open));
  const [first] = blocks;
  const follows = first?.number !== from || parent.hash === null || first.parent === parent.hash;
  // The chain left this branch since it was compared: the next comparison tells.
  return follows
    ? { kind: 'extend', blocks, settled, finalized }
    : { kind: 'wait', behind: false, finalized: NOTHING };
}

async function shorterChain(node: LedgerNode, store: IndexStore, tips: Tips): Promise<Step> {
  const held = await store.newestUpTo(tips.head.number);
  const onChain = held && (await headerAt(node, tips, held.number));
  if (onChain?.hash === held?.hash) return { kind: 'wait', behind: true, finalized: NOTHING };
  return fork(node, store, tips, tips.head.number);
}

/** Walks down the blocks that the index holds until one is of this chain. The newest final one must be. */
async function fork(node: LedgerNode, store: IndexStore, tips: Tips, from: number): Promise<Step> {
  const finalized = await store.finalized();
  const final = await store.newestUpTo(finalized);
  if (final !== null && final.number <= tips.head.number) {
    const { hash } = await headerAt(node, tips, final.number);
    if (hash !== final.hash) return { kind: 'refuse', held: final, chain: hash };
  }
  let held = await store.newestUpTo(from);
  while (held !== null && held.number > finalized) {
    const onChain = await headerAt(node, tips, held.number);
    if (onChain.hash === held.hash) return { kind: 'rewind', to: held.number };
    held = await store.newestUpTo(held.number - 1);
  }
  return { kind: 'rewind', to: finalized };
}

/** @throws ChainMoved where a number below the tip has no block: another node answered, or the chain shrank */
async function headerAt(node: LedgerNode, tips: Tips, number: number): Promise<Header> {
  if (number === tips.head.number) return tips.head;
  const header = await node.header(number);
  if (header === null)
    throw new ChainMoved(`The chain was at block ${tips.head.number}, and has no block ${number}`);
  return header;
}
