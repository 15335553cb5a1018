import type { Hex } from '../../src/protocol/hex.ts';
import type { Birth } from '../../src/protocol/lots.ts';
import type { Struct } from '../../src/protocol/statements.ts';
import type { Emitted } from './acts.ts';
import { lotsOf } from './ids.ts';

/** The statements that events carry and the ledger does not store: what witnesses are made of. */
export type Archive = {
  readonly productions: Map<Hex, Struct<'Production'>>;
  readonly dispatches: Map<Hex, Struct<'Dispatch'>>;
  readonly attestations: Map<Hex, Struct<'Attestation'>>;
  /** lot → its birth */
  readonly births: Map<Hex, Birth>;
};

export function emptyArchive(): Archive {
  return { productions: new Map(), dispatches: new Map(), attestations: new Map(), births: new Map() };
}

export function remember(archive: Archive, { name, args }: Emitted): void {
  const { id, statement } = args as { id: Hex; statement: unknown };
  if (name === 'DispatchRecorded') archive.dispatches.set(id, statement as Struct<'Dispatch'>);
  if (name === 'AttestationRecorded') archive.attestations.set(id, statement as Struct<'Attestation'>);
  if (name !== 'ProductionRecorded') return;
  const production = statement as Struct<'Production'>;
  archive.productions.set(id, production);
  lotsOf(id, production.outputs).forEach((lot, index) => {
    archive.births.set(lot, { production: id, index, output: production.outputs[index] as Birth['output'] });
  });
}

/** The births of a production's inputs, in order. */
export function birthsOf(archive: Archive, { inputs }: Struct<'Production'>): Birth[] {
  return inputs.map(({ lot }) => archive.births.get(lot) as Birth);
}
