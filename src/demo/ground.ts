import { openRpc } from '../chain/rpc.ts';
import { createClient } from '../client/client.ts';
import type { Hex } from '../protocol/hex.ts';
import { ledgerDomain } from '../protocol/statements.ts';
import type { Batch } from './acts/cells.ts';
import type { StoryGround } from './plan.ts';
import { planStory } from './plan.ts';

/** Where the service and its chain answer. */
export type StoryPlaces = { readonly api: string; readonly rpc: string };

/**
 * What the story stands on: the ledger that the service works with, and when it was deployed, as the chain says.
 *
 * @throws ServiceUnreachable, ApiProblem, ChainUnavailable, NodeError
 */
export async function storyGround({ api, rpc }: StoryPlaces, signal?: AbortSignal): Promise<StoryGround> {
  const { contract } = await createClient({ api, signal }).protocol();
  const block = await openRpc(rpc).send<{ timestamp: Hex } | null>('eth_getBlockByNumber', [
    `0x${contract.deployedAt.toString(16)}`,
    false,
  ]);
  if (!block)
    throw new RangeError(`The chain at ${rpc} has no block ${contract.deployedAt}: it is another chain.`);
  return { domain: ledgerDomain(contract.chainId, contract.address), deployedAt: Number(block.timestamp) };
}

/** A finished pack of the story, to be linked as `/lots/<lot>`. */
export type StoryPack = {
  readonly lot: Hex;
  readonly title: string;
  readonly verdict: string;
  readonly why: string;
};

const about: Readonly<Record<Batch, Omit<StoryPack, 'lot'>>> = {
  A: {
    title: 'Pack A',
    verdict: 'meets',
    why: 'cobalt from DR Congo, industrial and artisanal, every red flag answered',
  },
  B: {
    title: 'Pack B',
    verdict: 'does not meet',
    why: 'cobalt and nickel through a refinery with an open non-conformance',
  },
  C: {
    title: 'Pack C',
    verdict: 'not enough evidence',
    why: 'nickel from declared stock, lithium through a refinery whose audit had lapsed',
  },
};

/** The three packs of the story on a ledger: known before anything is loaded, because ids are hashes. */
export function storyIndex(ground: StoryGround): readonly StoryPack[] {
  const { packs } = planStory(ground);
  return (['A', 'B', 'C'] as const).map((batch) => ({ lot: packs[batch], ...about[batch] }));
}
