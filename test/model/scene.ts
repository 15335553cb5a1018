import type { Hex } from '../../src/protocol/hex.ts';
import type { Domain } from '../../src/protocol/statements.ts';
import type { Book } from './book.ts';
import type { Keyring } from './keyring.ts';

/** Everything that a rule may look at: the books, the block's time, who sends, and what was signed by whom. */
export type Scene = {
  readonly book: Book;
  readonly domain: Domain;
  readonly keyring: Keyring;
  readonly now: number;
  readonly sender: Hex;
};
