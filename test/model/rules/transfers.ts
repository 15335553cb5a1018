import type { Hex } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { type Emitted, recorded, refuse } from '../acts.ts';
import { type Lot, lotStatus, lotTrace } from '../book.ts';
import type { Scene } from '../scene.ts';
import { authorize, requireActive, requireRecent, requireWitness } from './authority.ts';
import { requireOperated } from './facilities.ts';
import { checkDispatch, checkReceipt } from './form.ts';
import { requireAfter, requireHeld } from './lots.ts';

/** How lots change hands, under two signatures. */

type Dispatch = Struct<'Dispatch'>;
type Receipt = Struct<'Receipt'>;

export function recordDispatch(scene: Scene, statement: Dispatch, signature: Hex): Emitted[] {
  const { consignor, consignee, lots, from, to, occurredAt } = statement;
  checkDispatch(statement);
  requireActive(scene, consignor);
  const claim = { type: 'Dispatch', message: statement, signature } as const;
  const signed = authorize(scene, consignor, 'dispatch', claim);
  requireRecent(scene, occurredAt);
  requireActive(scene, consignee);
  requireOperated(scene, from, consignor);
  requireOperated(scene, to, consignee);
  const sent = lots.map((_, index) => requireHeld(scene, lots, index, { party: consignor, occurredAt }));

  sent.forEach((lot, index) => {
    const [status, trace] = [lotStatus.inTransit, lotTrace.dispatched];
    scene.book.lots.set(lots[index]?.lot as Hex, { ...lot, status, trace, occurredAt, head: signed.id });
  });
  return [recorded(claim, signed)];
}

/** Acceptance moves custody; refusal and recall leave it, and a suspended party may do either. */
export function recordReceipt(
  scene: Scene,
  statement: Receipt,
  dispatched: Dispatch,
  signature: Hex,
): Emitted[] {
  const { party, dispatch, lots, accepted, occurredAt } = statement;
  checkReceipt(statement);
  if (accepted) requireActive(scene, party);
  const claim = { type: 'Receipt', message: statement, signature } as const;
  const signed = authorize(scene, party, 'receipt', claim);
  requireWitness(scene, dispatch, 'Dispatch', dispatched);
  requireMayReceive(scene, statement, dispatched);
  requireRecent(scene, occurredAt);
  const arrived = lots.map((_, index) => requireDispatched(scene, statement, index));

  arrived.forEach((lot, index) => {
    const custodian = accepted ? party : lot.custodian;
    const held = { ...lot, custodian, status: lotStatus.held, occurredAt, head: signed.id };
    scene.book.lots.set(lots[index]?.lot as Hex, held);
  });
  return [recorded(claim, signed)];
}

/** The consignee accepts or refuses; the consignor recalls, from the date that it set itself. */
function requireMayReceive({ now }: Scene, { party, accepted }: Receipt, dispatched: Dispatch): void {
  const { consignor, consignee, recallFrom } = dispatched;
  if (party === consignee) return;
  if (accepted || party !== consignor) refuse('ReceiptNotByConsignee', consignee, party);
  if (now < recallFrom) refuse('RecallTooEarly', recallFrom, now);
}

function requireDispatched({ book }: Scene, { lots, dispatch, occurredAt }: Receipt, index: number): Lot {
  const id = lots[index]?.lot as Hex;
  const lot = book.lots.get(id) ?? refuse('LotUnknown', id);
  if (lots.slice(0, index).some((earlier) => earlier.lot === id)) refuse('LotListedTwice', id);
  if (lot.head !== dispatch) refuse('DispatchNotHead', id, lot.head, dispatch);
  requireAfter(id, lot, occurredAt);
  return lot;
}
