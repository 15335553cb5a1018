import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { StatementType, Struct } from '../../protocol/statements.ts';
import type { Batch } from '../adding/batch.ts';
import type { Known } from '../adding/known.ts';
import type { LotStatus } from '../schema.ts';

/** Where an event stands in the chain: `seq` = block number * 1000000 + log index. `recordedAt`: the block's time. */
export type Place = { readonly seq: number; readonly block: number; readonly recordedAt: number };

/** A statement of one type, and where it is recorded. */
export type Recorded<T extends StatementType> = {
  readonly place: Place;
  readonly id: Hex;
  readonly message: Struct<T>;
};

/**
 * The head that a statement gives to a lot, and the one that it names for it: null at the lot's birth. The tail of a log
 * of observations counts as one too.
 */
export type NewHead = {
  readonly lot: Hex;
  readonly extends: Hex | null;
  readonly head: Hex;
  readonly status: LotStatus;
};

/** What a statement of one type does to the tables. One file per type, the same functions in the same order. */
export type Projection<T extends StatementType> = {
  /** The evidence roots that it names. Zero, which stands for none, may be among them. */
  rootsOf(message: Struct<T>): Hex[];
  /** The heads that it gives to lots. What it does not say of them itself is in the witness. */
  headsOf(id: Hex, message: Struct<T>, witness: Witness): NewHead[];
  /** Inserts the rows of these statements of this type. Those of the types before are given to the batch already. */
  insert(batch: Batch, recorded: readonly Recorded<T>[], known: Known): Promise<void> | void;
};

const EVENTS_PER_BLOCK = 1_000_000;

/** The order of events over the whole chain. */
export function seqOf(block: number, logIndex: number): number {
  return block * EVENTS_PER_BLOCK + logIndex;
}

/** The block that an event is in. */
export function blockOf(seq: number): number {
  return Math.floor(seq / EVENTS_PER_BLOCK);
}

/** The columns that each table of statements has. */
export function placeColumns({ seq, block, recordedAt }: Place) {
  return { seq, block, recorded_at: recordedAt };
}
