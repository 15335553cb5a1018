import type { Refusal } from '../../src/chain/refusals.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Outbox, OutboxStatement } from '../../src/relay/port.ts';
import type { MemoryIndex } from './memory-index.ts';
import type { SignedStatement } from './statements.ts';

type Row = SignedStatement & {
  readonly position: number;
  refused: { code: string; block: number } | null;
  rejected: Refusal | null;
};

/** An outbox in memory, beside an index in memory. */
export class MemoryOutbox implements Outbox {
  readonly rows: Row[] = [];
  readonly notes: string[] = [];
  /** Which statements a statement is said to wait for. */
  readonly waits = new Map<Hex, readonly Hex[]>();
  readonly #index: MemoryIndex;

  constructor(index: MemoryIndex) {
    this.#index = index;
  }

  accept(...statements: readonly SignedStatement[]): void {
    for (const statement of statements)
      this.rows.push({ ...statement, position: this.rows.length + 1, refused: null, rejected: null });
  }

  /** Statements of the outbox that the index holds, in the order in which they were recorded. */
  recorded(): Hex[] {
    const ids = new Set(this.rows.map(({ id }) => id));
    return this.#index.statementIds().filter((id) => ids.has(id));
  }

  rejection(id: Hex): string | undefined {
    return this.#row(id).rejected?.code;
  }

  async pending(after: number, limit: number): Promise<OutboxStatement[]> {
    const recorded = new Set(this.#index.statementIds());
    const open = this.rows.filter(({ id, rejected }) => rejected === null && !recorded.has(id));
    const isOpen = (id: Hex) => open.some((row) => row.id === id);
    return open
      .filter(({ position }) => position > after)
      .slice(0, limit)
      .map((row) => ({ ...row, waitsFor: (this.waits.get(row.id) ?? []).filter(isOpen) }));
  }

  async progress() {
    return { indexed: this.#index.blocks.at(-1)?.number ?? -1, finalized: this.#index.final };
  }

  async noteRefusal(id: Hex, { code }: Refusal, block: number) {
    this.notes.push(code);
    this.#row(id).refused = { code, block };
  }

  async clearRefusal(id: Hex) {
    this.notes.push('cleared');
    this.#row(id).refused = null;
  }

  async reject(id: Hex, refusal: Refusal) {
    if (this.#index.statementIds().includes(id)) return false;
    this.#row(id).rejected = refusal;
    return true;
  }

  #row(id: Hex): Row {
    const row = this.rows.find((each) => each.id === id);
    if (!row) throw new Error(`The outbox has no statement ${id}`);
    return row;
  }
}
