import { birthsOf } from '../../protocol/lots.ts';
import { insertAll } from '../bulk.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

type Born = Recorded<'Production'> & { readonly births: ReturnType<typeof birthsOf> };

/** Its inputs are spent, where it took place; its outputs are born there, held by the custodian. */
export const production: Projection<'Production'> = {
  rootsOf: ({ evidence, outputs }) => [evidence, ...outputs.map((output) => output.evidence)],

  headsOf: (id, { inputs, outputs }) => [
    ...inputs.map(({ lot, head }) => ({ lot, extends: head, head: id, status: 'spent' as const })),
    ...birthsOf(id, outputs).map(({ lot }) => ({ lot, extends: null, head: lot, status: 'held' as const })),
  ],

  insert: async (db, recorded) => {
    const born = recorded.map((one) => ({ ...one, births: birthsOf(one.id, one.message.outputs) }));
    await insertAll(db, 'production', recorded.map(productionRow));
    await insertLots(db, born);
    await insertAll(db, 'production_input', recorded.flatMap(inputRows));
    await insertAll(db, 'lot_event', born.flatMap(eventRows));
  },
};

function productionRow({ place, id, message }: Recorded<'Production'>) {
  return {
    ...placeColumns(place),
    id: bytes(id),
    custodian: bytes(message.custodian),
    facility: bytes(message.facility),
    process: message.process,
    custody_model: message.custodyModel,
    occurred_at: message.occurredAt,
    evidence: bytes(message.evidence),
  };
}

async function insertLots(db: Db, born: readonly Born[]): Promise<void> {
  const births = born.flatMap(({ place, births }) => births.map((birth) => ({ place, ...birth })));
  const lots = births.map(({ place, lot, production, index, output }) => ({
    id: bytes(lot),
    seq: place.seq,
    block: place.block,
    production: bytes(production),
    output: index,
    commodity: output.commodity,
    milligrams: output.milligrams,
    evidence: bytes(output.evidence),
  }));
  const contents = births.flatMap(({ place: { seq }, lot, index, output }) =>
    output.content.map((content) => ({ lot: bytes(lot), seq, output: index, ...content })),
  );
  await insertAll(db, 'lot', lots);
  await insertAll(db, 'content', contents);
}

function inputRows({ id, message }: Recorded<'Production'>) {
  return message.inputs.map(({ lot, head }, position) => ({
    production: bytes(id),
    position,
    lot: bytes(lot),
    head: bytes(head),
  }));
}

function eventRows({ place, id, message, births }: Born) {
  const shared = {
    ...placeColumns(place),
    statement: bytes(id),
    custodian: bytes(message.custodian),
    facility: bytes(message.facility),
    weighed: null,
    occurred_at: message.occurredAt,
  };
  return [
    ...message.inputs.map(({ lot }) => ({
      ...shared,
      lot: bytes(lot),
      kind: 'spend' as const,
      status: 'spent' as const,
      head: bytes(id),
    })),
    ...births.map(({ lot }) => ({
      ...shared,
      lot: bytes(lot),
      kind: 'birth' as const,
      status: 'held' as const,
      head: bytes(lot),
    })),
  ];
}
