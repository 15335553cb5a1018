import type { LedgerBlock } from '../chain/events.ts';
import type { Hex } from '../protocol/hex.ts';

/** The ledger that an index is of. Two indexes of the same ledger hold the same rows. */
export type LedgerIdentity = { readonly chainId: number; readonly ledger: Hex; readonly deployedAt: number };

/** A block that the index holds. */
export type BlockRef = { readonly number: number; readonly hash: Hex };

/** What the indexer needs of the store. Each call is one transaction: it happens whole or not at all. */
export interface IndexStore {
  /** Binds an empty index to a ledger. @throws where the index is of another ledger */
  bind(identity: LedgerIdentity): Promise<void>;
  /** The newest block that the index holds, or null. */
  head(): Promise<BlockRef | null>;
  /** The hash that the index holds for a block number, or null where it has no row for it. */
  hashAt(number: number): Promise<Hex | null>;
  /** Adds a block that extends the head, with all that its events say. */
  extend(block: LedgerBlock): Promise<void>;
  /** Takes back every block above `number`. @throws where that would undo a final block */
  rewind(number: number): Promise<void>;
  /** The newest block number that can no longer change; it never falls. */
  finalized(): Promise<number>;
  finalize(number: number): Promise<void>;
}
