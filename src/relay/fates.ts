import { Interface } from 'ethers/abi';
import { type Refusal, refusalOf } from '../chain/refusals.ts';
import type { Receipt } from '../chain/sender.ts';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import { type Hex, hex } from '../protocol/hex.ts';

/**
 * What became of a statement whose transaction left the air.
 * - `recorded`: the block's logs have it
 * - `refused`: in a batch, the ledger refused it in the state that it met there
 * - `failed`: its transaction, which carried nothing else, failed
 * - `dragged`: the batch that it was in failed as a whole: whose fault that was, nobody knows
 * - `displaced`: another transaction had the nonce
 */
export type Fate =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'recorded' | 'failed' | 'dragged' | 'displaced' };

const ledger = new Interface(ledgerAbi);
const refusedTopic = ledger.getEvent('Refused')?.topicHash;

/** What a mined transaction did with the statements that it carried, in their order. */
export function fatesOf(ids: readonly Hex[], { succeeded, logs }: Receipt, address: Hex): Fate[] {
  if (!succeeded) return ids.map(() => ({ kind: ids.length === 1 ? 'failed' : 'dragged' }));
  const own = logs.filter((log) => log.address === address);
  const recorded = new Set(own.map(({ topics }) => topics[1]));
  const refusals = new Map(own.filter(({ topics }) => topics[0] === refusedTopic).map(refusalIn));
  return ids.map((id, index): Fate => {
    if (recorded.has(id)) return { kind: 'recorded' };
    const refusal = refusals.get(index);
    return refusal ? { kind: 'refused', refusal } : { kind: 'failed' };
  });
}

function refusalIn({ data }: { readonly data: Hex }): [index: number, refusal: Refusal] {
  const [index, reason] = ledger.decodeEventLog('Refused', data) as unknown as [bigint, string];
  return [Number(index), refusalOf(hex(reason))];
}
