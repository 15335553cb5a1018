import { rowBytes } from '../values.ts';
import type { LotEvent } from './lot-event.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

/** Its lots are in transit to `to`; the consignor stays their custodian. */
export const dispatch: Projection<'Dispatch'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: (id, { lots }) =>
    lots.map(({ lot, head }) => ({ lot, extends: head, head: id, status: 'in-transit' as const })),

  insert: (batch, recorded) => {
    batch.insert('dispatch', recorded.map(dispatchRow));
    batch.insertEvents(recorded.flatMap(eventsOf));
  },
};

function dispatchRow({ place, id, message }: Recorded<'Dispatch'>) {
  return {
    ...placeColumns(place),
    id: rowBytes(id),
    consignor: rowBytes(message.consignor),
    consignee: rowBytes(message.consignee),
    from_facility: rowBytes(message.from),
    to_facility: rowBytes(message.to),
    mode: message.mode,
    recall_from: message.recallFrom,
    occurred_at: message.occurredAt,
    evidence: rowBytes(message.evidence),
  };
}

function eventsOf({ place, id, message }: Recorded<'Dispatch'>): LotEvent[] {
  return message.lots.map(({ lot }) => ({
    place,
    lot,
    statement: id,
    kind: 'dispatch',
    status: 'in-transit',
    head: id,
    custodian: message.consignor,
    facility: message.to,
    weighed: null,
    occurredAt: message.occurredAt,
  }));
}
