import type { IndexStore } from '../../src/indexer/port.ts';
import type { Database } from '../../src/store/database.ts';
import { createIndexStore } from '../../src/store/index-store.ts';
import type { Db } from '../../src/store/schema.ts';
import type { ForkingChain } from './forking-chain.ts';
import type { Tally } from './tally.ts';
import { ancestorAt, branchTo } from './tree.ts';

/** The index says what it must not. */
export class Difference extends Error {
  override readonly name = 'Difference';
}

/** The index's store, read after every write, as a reader who comes at that moment would. Can be told to fail. */
export class ObservedStore implements IndexStore {
  /** The first that was found: the indexer takes it for an error that passes. */
  difference: unknown = null;
  /** Which way the next write fails. */
  failing: 'before' | 'after' | null = null;
  readonly #store: IndexStore;
  readonly #database: Database;
  readonly #chain: ForkingChain;
  readonly #tally: Tally;
  #finalized = -1;

  constructor(database: Database, chain: ForkingChain, tally: Tally) {
    this.#store = createIndexStore(database.db);
    this.#database = database;
    this.#chain = chain;
    this.#tally = tally;
  }

  bound() {
    return this.#store.bound();
  }

  bind(...identity: Parameters<IndexStore['bind']>) {
    return this.#store.bind(...identity);
  }

  head() {
    return this.#store.head();
  }

  newestUpTo(number: number) {
    return this.#store.newestUpTo(number);
  }

  finalized() {
    return this.#store.finalized();
  }

  extend(...blocks: Parameters<IndexStore['extend']>) {
    return this.#write(() => this.#store.extend(...blocks));
  }

  async rewind(number: number) {
    const head = await this.#store.head();
    await this.#write(() => this.#store.rewind(number));
    this.#tally.rewinds += 1;
    this.#tally.deepestRewind = Math.max(this.#tally.deepestRewind, (head?.number ?? number) - number);
  }

  finalize(...said: Parameters<IndexStore['finalize']>) {
    return this.#write(() => this.#store.finalize(...said));
  }

  async #write(work: () => Promise<void>): Promise<void> {
    const failing = this.failing;
    this.failing = null;
    if (failing === 'before') throw new Error('The connection broke before the write');
    await work();
    this.#tally.commits += 1;
    await this.look().catch((error: unknown) => {
      this.difference ??= error;
      throw error;
    });
    if (failing === 'after') throw new Error('The connection broke before the answer');
  }

  /**
   * What is read must be of one branch, whole up to the head; and what is called final, of the chain that stays.
   * @throws Difference
   */
  look(): Promise<void> {
    return this.#database.db.transaction().execute((db) => this.#lookIn(db));
  }

  async #lookIn(db: Db): Promise<void> {
    const store = createIndexStore(db);
    const [head, finalized] = [await store.head(), await store.finalized()];
    if (finalized < this.#finalized)
      throw new Difference(`What is final fell from ${this.#finalized} to ${finalized}`);
    this.#finalized = finalized;
    if (head === null) return;
    const tip = this.#chain.tree.withHash(head.hash);
    if (!tip) throw new Difference(`The index is at block ${head.hash}, which is of no branch`);
    const rows = await db.selectFrom('statement').select('id').orderBy('seq').execute();
    const branch = branchTo(tip);
    requireSame(
      `statements at block ${head.number}`,
      rows.map(({ id }) => id),
      branch.flatMap(({ statements }) => statements),
    );
    const held = await db
      .selectFrom('lot_current')
      .select(['lot', 'head'])
      .where('status', '=', 'held')
      .execute();
    requireSame(
      `heads of lots at block ${head.number}`,
      held.map((row) => `${row.lot} ${row.head}`).sort(),
      [...tip.held].map((pair) => pair.join(' ')).sort(),
    );
    await this.#lookAtFinal(store, finalized);
  }

  async #lookAtFinal(store: IndexStore, finalized: number): Promise<void> {
    const { main } = this.#chain;
    if (finalized > main.finalized)
      throw new Difference(
        `Block ${finalized} is called final, and the chain's newest final is ${main.finalized}`,
      );
    const held = await store.newestUpTo(finalized);
    if (held && ancestorAt(main.tip, held.number)?.header.hash !== held.hash)
      throw new Difference(
        `Block ${held.number} is called final as ${held.hash}, of a branch that was given up`,
      );
  }
}

function requireSame(what: string, got: readonly string[], expected: readonly string[]): void {
  if (got.length === expected.length && got.every((value, index) => value === expected[index])) return;
  throw new Difference(
    `The ${what} differ: the index has ${got.length}, the branch ${expected.length}; ` +
      `only in the index: ${missing(got, expected)}; only on the branch: ${missing(expected, got)}`,
  );
}

function missing(from: readonly string[], other: readonly string[]): string {
  const present = new Set(other);
  const only = from.filter((value) => !present.has(value));
  return only.length === 0 ? 'none' : only.slice(0, 3).join(', ');
}
