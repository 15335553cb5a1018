import { type Refusal, refusalOf } from '../chain/refusals.ts';
import { refusedCalls } from '../chain/refused.ts';
import type { Receipt } from '../chain/sender.ts';
import type { Hex } from '../protocol/hex.ts';

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

/** What a mined transaction did with the statements that it carried, in their order. */
export function fatesOf(ids: readonly Hex[], { succeeded, logs }: Receipt, ledger: Hex): Fate[] {
  if (!succeeded) return ids.map(() => ({ kind: ids.length === 1 ? 'failed' : 'dragged' }));
  // Whatever the ledger emits of a statement has the statement's id, a hash, as its first indexed value.
  const recorded = new Set(logs.filter(({ address }) => address === ledger).map(({ topics }) => topics[1]));
  const refusals = new Map(
    refusedCalls(ledger, logs).map(({ index, reason }) => [index, refusalOf(reason)] as const),
  );
  return ids.map((id, index): Fate => {
    if (recorded.has(id)) return { kind: 'recorded' };
    const refusal = refusals.get(index);
    return refusal ? { kind: 'refused', refusal } : { kind: 'failed' };
  });
}
