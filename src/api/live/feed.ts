import type { Hex } from '../../protocol/hex.ts';
import { type IndexHead, indexHead } from '../../store/queries/head.ts';
import { blockHash, type Recorded, recordedAfter } from '../../store/queries/recorded.ts';
import type { Db } from '../../store/schema.ts';
import { inSnapshot } from '../../store/transactions.ts';

/** The newest block that somebody has heard of. */
export type Place = { readonly number: number; readonly hash: Hex };

/**
 * What the index has come to. `statements`: recorded since the place before; null where they cannot be told, because the
 * chain was reorganised or they are too many: then everything has to be read anew.
 */
export type News = {
  readonly block: Place & { readonly time: number };
  readonly finalized: number;
  readonly statements: readonly Recorded[] | null;
};

/** More than that are not told one by one. */
const MOST_STATEMENTS = 500;
const POLL_MS = 300;
const AFTER_FAILURE_MS = 3_000;

/** What is new since a place; since nowhere, where the index is. Null while the index is empty. */
async function newsSince(db: Db, place: Place | null): Promise<News | null> {
  return inSnapshot(db, async (trx) => {
    const head = await indexHead(trx);
    if (!head) return null;
    const { finalized, ...block } = head;
    if (!place) return { block, finalized, statements: [] };
    if ((await blockHash(trx, place.number)) !== place.hash) return { block, finalized, statements: null };
    const found = await recordedAfter(trx, place.number, MOST_STATEMENTS + 1);
    return { block, finalized, statements: found.length > MOST_STATEMENTS ? null : found };
  });
}

/**
 * Looks at the index for all who listen, as long as anybody does: it may be another process that fills it. Who are at the
 * same place are answered by one look.
 */
export class LedgerFeed {
  readonly #db: Db;
  readonly #listeners = new Set<() => void>();
  readonly #answers = new Map<string, Promise<News | null>>();
  #head: IndexHead | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  since(place: Place | null): Promise<News | null> {
    const key = place?.hash ?? '';
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const asked = newsSince(this.#db, place);
    this.#answers.set(key, asked);
    asked.catch(() => this.#answers.delete(key));
    return asked;
  }

  /** @param wake called whenever there may be news  @returns ends it */
  listen(wake: () => void): () => void {
    this.#listeners.add(wake);
    if (this.#listeners.size === 1) this.#lookIn(0);
    return () => {
      this.#listeners.delete(wake);
      if (this.#listeners.size > 0) return;
      clearTimeout(this.#timer);
      this.#forget();
    };
  }

  #lookIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    const pause = await this.#compare().then(
      () => POLL_MS,
      () => AFTER_FAILURE_MS,
    );
    if (this.#listeners.size > 0) this.#lookIn(pause);
  }

  async #compare(): Promise<void> {
    const head = await indexHead(this.#db);
    if (head?.hash === this.#head?.hash && head?.finalized === this.#head?.finalized) return;
    this.#forget();
    this.#head = head;
    for (const wake of this.#listeners) wake();
  }

  #forget(): void {
    this.#head = null;
    this.#answers.clear();
  }
}

const feeds = new WeakMap<Db, LedgerFeed>();

/** The feed of a database: one in a process. */
export function feedOf(db: Db): LedgerFeed {
  const known = feeds.get(db);
  if (known) return known;
  const made = new LedgerFeed(db);
  feeds.set(db, made);
  return made;
}
