import type { LedgerBlock } from '../chain/events.ts';
import type { Hex } from '../protocol/hex.ts';

/** The ledger that an index is of. Two indexes of the same ledger hold the same rows. */
export type LedgerIdentity = { readonly chainId: number; readonly ledger: Hex; readonly deployedAt: number };

/** A block that the index holds. */
export type BlockRef = { readonly number: number; readonly hash: Hex };

/** What the indexer needs of the store. Each call is one transaction: it happens whole or not at all. */
export interface IndexStore {
  /** The ledger that the index is bound to, or null where it is empty. */
  bound(): Promise<LedgerIdentity | null>;
  /** Binds an empty index to a ledger; `finalized` starts at `deployedAt - 1`. @throws where it is of another ledger */
  bind(identity: LedgerIdentity): Promise<void>;
  /** The newest block that the index holds, or null. */
  head(): Promise<BlockRef | null>;
  /**
   * The newest block that the index holds with a number at most `number`, or null. Numbers may be missing:
   * blocks that were final and without events when they were indexed have no row.
   */
  newestUpTo(number: number): Promise<BlockRef | null>;
  /**
   * Adds blocks above the head, in ascending order, with all that their events say. Where they may still change, at most
   * one of them, the last, has events. Each block's parent is the one before it, except across numbers that have no row
   * (see `newestUpTo`).
   * @param onto the hash of the head that they were compared with (null = none), whatever it is where left out
   * @throws where the head is another by now: somebody else writes, too
   */
  extend(blocks: readonly LedgerBlock[], onto?: Hex | null): Promise<void>;
  /** Takes back every block above `number`. @throws where that would undo a final block */
  rewind(number: number): Promise<void>;
  /** The newest block number that can no longer change; it never falls. `deployedAt - 1` at first. */
  finalized(): Promise<number>;
  /**
   * Raises `finalized`; a lower number changes nothing. The caller never passes more than the head's number.
   * @param seen the hash of a block on whose branch that is final; where the index has left it, nothing changes
   */
  finalize(number: number, seen?: Hex): Promise<void>;
}
