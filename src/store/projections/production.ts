import { birthsOf } from '../../protocol/lots.ts';
import type { Batch } from '../adding/batch.ts';
import type { Born } from '../adding/known.ts';
import { rowBytes } from '../values.ts';
import type { LotEvent } from './lot-event.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

type Bearing = Recorded<'Production'> & { readonly births: readonly Born[] };

/** Its inputs are spent, where it took place; its outputs are born there, held by the custodian. */
export const production: Projection<'Production'> = {
  rootsOf: ({ evidence, outputs }) => [evidence, ...outputs.map((output) => output.evidence)],

  headsOf: (id, { inputs, outputs }) => [
    ...inputs.map(({ lot, head }) => ({ lot, extends: head, head: id, status: 'spent' as const })),
    ...birthsOf(id, outputs).map(({ lot }) => ({ lot, extends: null, head: lot, status: 'held' as const })),
  ],

  insert: (batch, recorded, { births }) => {
    const bearing = recorded.map((one) => ({ ...one, births: births.get(one.id) ?? [] }));
    batch.insert('production', recorded.map(productionRow));
    insertLots(batch, bearing);
    batch.insert('production_input', recorded.flatMap(inputRows));
    batch.insertEvents(bearing.flatMap(eventsOf));
  },
};

function productionRow({ place, id, message }: Recorded<'Production'>) {
  return {
    ...placeColumns(place),
    id: rowBytes(id),
    custodian: rowBytes(message.custodian),
    facility: rowBytes(message.facility),
    process: message.process,
    custody_model: message.custodyModel,
    occurred_at: message.occurredAt,
    evidence: rowBytes(message.evidence),
  };
}

function insertLots(batch: Batch, bearing: readonly Bearing[]): void {
  const births = bearing.flatMap(({ place, births }) => births.map((birth) => ({ place, ...birth })));
  const lots = births.map(({ place, lot, production, index, output }) => ({
    id: rowBytes(lot),
    seq: place.seq,
    block: place.block,
    production: rowBytes(production),
    output: index,
    commodity: output.commodity,
    milligrams: output.milligrams,
    evidence: rowBytes(output.evidence),
  }));
  const contents = births.flatMap(({ place: { seq }, lot, index, output }) =>
    output.content.map((content) => ({ lot: rowBytes(lot), seq, output: index, ...content })),
  );
  batch.insert('lot', lots);
  batch.insert('content', contents);
}

function inputRows({ id, message }: Recorded<'Production'>) {
  return message.inputs.map(({ lot, head }, position) => ({
    production: rowBytes(id),
    position,
    lot: rowBytes(lot),
    head: rowBytes(head),
  }));
}

function eventsOf({ place, id, message, births }: Bearing): LotEvent[] {
  const { custodian, facility, occurredAt } = message;
  const shared = { place, statement: id, custodian, facility, weighed: null, occurredAt };
  return [
    ...message.inputs.map(({ lot }) => ({
      ...shared,
      lot,
      kind: 'spend' as const,
      status: 'spent' as const,
      head: id,
    })),
    ...births.map(({ lot }) => ({
      ...shared,
      lot,
      kind: 'birth' as const,
      status: 'held' as const,
      head: lot,
    })),
  ];
}
