import type { Hex } from '../../../src/protocol/hex.ts';
import type { Birth } from '../../../src/protocol/lots.ts';
import type { LotHead } from '../../../src/protocol/statements.ts';
import { refuse } from '../acts.ts';
import { type Lot, lotStatus } from '../book.ts';
import { lotOf } from '../ids.ts';
import type { Scene } from '../scene.ts';

/** What a statement that names lots must fit. */

export type Naming = { readonly party: Hex; readonly occurredAt: number };

/** The lot at `index` of a statement's list: held by the party, at the named head, and not named before. */
export function requireHeld(scene: Scene, lots: readonly LotHead[], index: number, naming: Naming): Lot {
  const { lot: id, head } = lots[index] as LotHead;
  if (lots.slice(0, index).some(({ lot }) => lot === id)) refuse('LotListedTwice', id);
  const lot = scene.book.lots.get(id) ?? refuse('LotUnknown', id);
  if (lot.status === lotStatus.spent) refuse('LotIsSpent', id);
  if (lot.status === lotStatus.void) refuse('LotIsVoid', id);
  if (lot.status === lotStatus.inTransit) refuse('LotIsInTransit', id);
  if (lot.custodian !== naming.party) refuse('LotNotHeldBy', id, lot.custodian, naming.party);
  if (lot.head !== head) refuse('HeadStale', id, lot.head, head);
  requireAfter(id, lot, naming.occurredAt);
  return lot;
}

/** A lot's time never runs backwards. */
export function requireAfter(id: Hex, lot: Lot, occurredAt: number): void {
  if (occurredAt < lot.occurredAt) refuse('OccurredBeforeLot', id, lot.occurredAt, occurredAt);
}

/** The birth presented re-hashes to the lot's id. */
export function requireBirth(lot: Hex, birth: Birth): void {
  const got = lotOf(birth);
  if (got !== lot) refuse('BirthMismatch', lot, got);
}
