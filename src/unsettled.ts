import type { Described, StatementTeller } from './api/statement-events.ts';
import type { LedgerBlock } from './chain/events.ts';
import type { IndexStatus } from './indexer/indexer.ts';
import type { Hex } from './protocol/hex.ts';
import type { RecordedAt } from './store/queries/unsettled.ts';

type Placed = { readonly described: Described; readonly block: number; readonly transaction: Hex };

/**
 * Tells what the index does with statements: recorded, then final or dropped. Between the two they are kept here, so
 * that nothing has to be read again when their block settles.
 */
export class Unsettled {
  readonly #teller: StatementTeller;
  readonly #onReorg: (depth: number) => void;
  /** In the order of the chain. */
  readonly #placed: Placed[];
  #indexed = -1;

  /** @param before recorded by an earlier leader, and not final yet */
  constructor(teller: StatementTeller, before: readonly RecordedAt[], onReorg: (depth: number) => void) {
    this.#teller = teller;
    this.#onReorg = onReorg;
    this.#placed = before.map(({ id, statement, ...place }) => ({
      described: teller.describe(id, statement),
      ...place,
    }));
  }

  recorded(blocks: readonly LedgerBlock[]): void {
    for (const { number: block, events } of blocks)
      for (const { event, transaction } of events) {
        if (event.kind !== 'statement') continue;
        const described = this.#teller.describe(event.id, event.statement);
        this.#placed.push({ described, block, transaction });
        this.#teller.tell('recorded', described, { block, transaction });
      }
  }

  /** A rewind is the only step after which the index is lower. */
  progressed({ indexed, finalized }: IndexStatus): void {
    if (indexed === null) return;
    if (indexed < this.#indexed) {
      this.#onReorg(this.#indexed - indexed);
      const kept = this.#placed.findLastIndex(({ block }) => block <= indexed) + 1;
      this.#tell('dropped', this.#placed.splice(kept));
    }
    this.#indexed = indexed;
    // In the order of the chain: nothing behind the first that is not final is.
    const open = this.#placed.findIndex(({ block }) => block > (finalized ?? -1));
    this.#tell('final', this.#placed.splice(0, open === -1 ? this.#placed.length : open));
  }

  #tell(event: 'final' | 'dropped', over: readonly Placed[]): void {
    for (const { described, block, transaction } of over)
      this.#teller.tell(event, described, { block, transaction });
  }
}
