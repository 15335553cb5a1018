import type { Hex } from '../../protocol/hex.ts';
import { type Book, faultAt, type Placed, type Said } from './book.ts';

/** What touched a lot between its birth and a head: a journey, or the correction of a production that had used it up. */
export type Step =
  | { readonly kind: 'leg'; readonly dispatch: Said<'Dispatch'>; readonly receipt: Said<'Receipt'> | null }
  | {
      readonly kind: 'restored';
      readonly correction: Said<'Correction'>;
      readonly spender: Said<'Production'>;
    };

/**
 * Reads a lot's history back from a head, in which each statement names the one before. So nothing that touched the lot
 * can be left out, or put in.
 *
 * @param head the lot's last dispatch, receipt or correction; the lot's id where nothing touched it
 * @returns the steps in the order of the ledger
 * @throws BundleFault `statement-missing`, `head-broken`
 */
export function chainOf(book: Book, lot: Hex, head: Hex, before: Placed | null): Step[] {
  const steps: Step[] = [];
  let later = before;
  const earlier = <S extends Said>(said: S): S => {
    if (later && said.position >= later.position)
      throw faultAt('head-broken', said, `${said.id} is recorded after what extends it`);
    later = said;
    return said;
  };
  let at = head;
  while (at !== lot) {
    const type = typeAt(book, at);
    const said = earlier(book.require(type, at, `the history of lot ${lot}`));
    const { step, previous } = stepOf(book, lot, said as never, earlier);
    steps.push(step);
    at = previous;
  }
  return steps.reverse();
}

type Found = { readonly step: Step; readonly previous: Hex };
type Earlier = <S extends Said>(said: S) => S;

function typeAt(book: Book, id: Hex): 'Dispatch' | 'Receipt' | 'Correction' {
  const type = book.typeOf(id);
  return type === 'Receipt' || type === 'Correction' ? type : 'Dispatch';
}

function stepOf(
  book: Book,
  lot: Hex,
  said: Said<'Dispatch'> | Said<'Receipt'> | Said<'Correction'>,
  earlier: Earlier,
): Found {
  const { statement, id } = said;
  if (statement.type === 'Dispatch')
    return {
      step: { kind: 'leg', dispatch: said as Said<'Dispatch'>, receipt: null },
      previous: headIn(said, lot),
    };
  if (statement.type === 'Receipt') {
    if (!statement.message.lots.some((received) => received.lot === lot))
      throw faultAt('head-broken', said, `receipt ${id} does not name lot ${lot}`);
    const dispatch = earlier(book.require('Dispatch', statement.message.dispatch, `receipt ${id}`));
    return {
      step: { kind: 'leg', dispatch, receipt: said as Said<'Receipt'> },
      previous: headIn(dispatch, lot),
    };
  }
  const spender = earlier(book.require('Production', statement.message.production, `correction ${id}`));
  return {
    step: { kind: 'restored', correction: said as Said<'Correction'>, spender },
    previous: headIn(spender, lot),
  };
}

/** The head that a dispatch or a production names for a lot. @throws BundleFault `head-broken` */
export function headIn(said: Said, lot: Hex): Hex {
  const { message, type } = said.statement;
  const lots = type === 'Dispatch' ? message.lots : type === 'Production' ? message.inputs : [];
  const found = lots.find((named) => named.lot === lot);
  if (found) return found.head;
  throw faultAt('head-broken', said, `${type} ${said.id} does not name lot ${lot}`);
}
