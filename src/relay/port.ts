import type { Refusal } from '../chain/refusals.ts';
import type { Witness } from '../chain/witness.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Statement } from '../protocol/statements.ts';

/** An accepted statement that is neither recorded nor rejected. */
export type OutboxStatement = {
  /** The order of acceptance: a statement stands after those that it extends. */
  readonly position: number;
  readonly id: Hex;
  readonly statement: Statement;
  readonly signature: Hex;
  readonly witness: Witness;
  /** A refusal that was noted and is not yet final: its code, and a block at or above the state that refused. */
  readonly refused: { readonly code: string; readonly block: number } | null;
  /** The open statements whose heads it extends: no state can accept it before it has those. */
  readonly waitsFor: readonly Hex[];
};

/** How far the index is: its newest block, and the newest that can no longer change (at most `indexed`). */
export type IndexProgress = { readonly indexed: number; readonly finalized: number };

/** What the relay needs of the store. Each call is one transaction. */
export interface Outbox {
  /** Open statements (not in the statement table, not rejected) with a position above `after`, lowest first. */
  pending(after: number, limit: number): Promise<readonly OutboxStatement[]>;
  /** Read from the same database that `pending` reads. An empty index is at `{indexed: -1, finalized: -1}`. */
  progress(): Promise<IndexProgress>;
  /** Keeps that a state at or below `block` refused the statement; replaces what was noted before. */
  noteRefusal(id: Hex, refusal: Refusal, block: number): Promise<void>;
  /** Forgets a noted refusal: a later state accepts the statement. */
  clearRefusal(id: Hex): Promise<void>;
  /**
   * Closes the statement as rejected, unless it is recorded meanwhile (checked in the same SQL statement).
   * Also sets `refused_*` as `noteRefusal` does. @returns whether it did
   * @param at Unix seconds
   */
  reject(id: Hex, refusal: Refusal, block: number, at: number): Promise<boolean>;
}
