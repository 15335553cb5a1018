import type { Receipt } from '../../protocol/statements.ts';
import type { Dispatched } from '../adding/known.ts';
import type { LotEventKind } from '../schema.ts';
import { rowBytes } from '../values.ts';
import type { LotEvent } from './lot-event.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

/** Its lots are held again: by the consignee, at `to`, where accepted; else by the consignor, at `from`. */
export const receipt: Projection<'Receipt'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: (id, { lots, dispatch }) =>
    lots.map(({ lot }) => ({ lot, extends: dispatch, head: id, status: 'held' as const })),

  insert: (batch, recorded, { dispatches }) => {
    const named = ({ dispatch }: Receipt) => {
      const dispatched = dispatches.get(dispatch);
      if (!dispatched)
        throw new Error(`A receipt names dispatch ${dispatch}, which no earlier event recorded`);
      return dispatched;
    };
    batch.insert('receipt', recorded.map(receiptRow));
    batch.insertEvents(recorded.flatMap((one) => eventsOf(one, named(one.message))));
  },
};

function receiptRow({ place, id, message }: Recorded<'Receipt'>) {
  return {
    ...placeColumns(place),
    id: rowBytes(id),
    party: rowBytes(message.party),
    dispatch: rowBytes(message.dispatch),
    accepted: message.accepted,
    occurred_at: message.occurredAt,
    evidence: rowBytes(message.evidence),
  };
}

function eventsOf({ place, id, message }: Recorded<'Receipt'>, dispatched: Dispatched): LotEvent[] {
  const { accepted, occurredAt } = message;
  return message.lots.map(({ lot, milligrams }) => ({
    place,
    lot,
    statement: id,
    kind: kindOf(message, dispatched),
    status: 'held',
    head: id,
    custodian: accepted ? dispatched.consignee : dispatched.consignor,
    facility: accepted ? dispatched.to : dispatched.from,
    weighed: milligrams === 0n ? null : milligrams,
    occurredAt,
  }));
}

/** A party that sends to itself, and does not accept, refuses. */
function kindOf({ accepted, party }: Receipt, { consignee }: Dispatched): LotEventKind {
  if (accepted) return 'accept';
  return party === consignee ? 'refuse' : 'recall';
}
