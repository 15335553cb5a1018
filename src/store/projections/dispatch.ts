import { insertAll } from '../bulk.ts';
import { bytes } from '../values.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

/** Its lots are in transit to `to`; the consignor stays their custodian. */
export const dispatch: Projection<'Dispatch'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: (id, { lots }) =>
    lots.map(({ lot, head }) => ({ lot, extends: head, head: id, status: 'in-transit' as const })),

  insert: async (db, recorded) => {
    await insertAll(db, 'dispatch', recorded.map(dispatchRow));
    await insertAll(db, 'lot_event', recorded.flatMap(eventRows));
  },
};

function dispatchRow({ place, id, message }: Recorded<'Dispatch'>) {
  return {
    ...placeColumns(place),
    id: bytes(id),
    consignor: bytes(message.consignor),
    consignee: bytes(message.consignee),
    from_facility: bytes(message.from),
    to_facility: bytes(message.to),
    mode: message.mode,
    recall_from: message.recallFrom,
    occurred_at: message.occurredAt,
    evidence: bytes(message.evidence),
  };
}

function eventRows({ place, id, message }: Recorded<'Dispatch'>) {
  return message.lots.map(({ lot }) => ({
    ...placeColumns(place),
    lot: bytes(lot),
    statement: bytes(id),
    kind: 'dispatch' as const,
    status: 'in-transit' as const,
    head: bytes(id),
    custodian: bytes(message.consignor),
    facility: bytes(message.to),
    weighed: null,
    occurred_at: message.occurredAt,
  }));
}
