import type { InsertObject, RawBuilder } from 'kysely';
import { allEnded, insertAll } from '../bulk.ts';
import { eventRow, type LotEvent } from '../projections/lot-event.ts';
import type { Db, Schema } from '../schema.ts';

/**
 * What one transaction adds to the index. Rows go out in the order in which they are given, and nobody waits for them: the
 * database works on them while the next are prepared. What is read meanwhile sees all that was given before.
 */
export class Batch {
  readonly db: Db;
  /** What was done to lots so far. */
  readonly events: LotEvent[] = [];
  readonly #writes: Promise<void>[] = [];

  constructor(db: Db) {
    this.db = db;
  }

  insert<Table extends keyof Schema>(
    table: Table,
    rows: readonly InsertObject<Schema, Table>[],
    onConflict?: RawBuilder<unknown>,
  ): void {
    const write = insertAll(this.db, table, rows, onConflict);
    write.catch(() => undefined);
    this.#writes.push(write);
  }

  insertEvents(events: readonly LotEvent[]): void {
    this.insert('lot_event', events.map(eventRow));
    for (const event of events) this.events.push(event);
  }

  /** Resolves when all of it is there. @throws what failed first */
  async settled(): Promise<void> {
    await allEnded(this.#writes);
  }
}

/**
 * Does `work` on a batch, and waits for its rows however it ends: a row that is on its way must not outlive the transaction.
 * @throws what failed first
 */
export async function inBatch(db: Db, work: (batch: Batch) => Promise<void>): Promise<void> {
  const batch = new Batch(db);
  try {
    await work(batch);
  } catch (error) {
    await batch.settled();
    throw error;
  }
  await batch.settled();
}
