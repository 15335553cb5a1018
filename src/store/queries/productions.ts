import {
  type CustodyModel,
  custodyModels,
  type Process,
  processes,
  recordedTerm,
} from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { LotHead } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';
import { anyOf } from '../values.ts';

/** A recorded production. `inputs` and `outputs` (lot ids) are in the statement's order. */
export type ProductionRow = {
  readonly id: Hex;
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly process: Process;
  readonly custodyModel: CustodyModel;
  readonly inputs: readonly LotHead[];
  readonly outputs: readonly Hex[];
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/** The productions that exist among `ids`. */
export async function productionsByIds(db: Db, ids: Iterable<Hex>): Promise<Map<Hex, ProductionRow>> {
  const wanted = anyOf(ids);
  const productions = await db.selectFrom('production').selectAll().where('id', '=', wanted).execute();
  const inputs = await db
    .selectFrom('production_input')
    .selectAll()
    .where('production', '=', wanted)
    .orderBy('production')
    .orderBy('position')
    .execute();
  const outputs = await db
    .selectFrom('lot')
    .select(['id', 'production'])
    .where('production', '=', wanted)
    .orderBy('production')
    .orderBy('output')
    .execute();
  const inputsOf = Map.groupBy(inputs, ({ production }) => production);
  const outputsOf = Map.groupBy(outputs, ({ production }) => production);
  return new Map(
    productions.map((row) => [
      row.id,
      {
        id: row.id,
        custodian: row.custodian,
        facility: row.facility,
        process: recordedTerm(processes, row.process),
        custodyModel: recordedTerm(custodyModels, row.custody_model),
        inputs: (inputsOf.get(row.id) ?? []).map(({ lot, head }) => ({ lot, head })),
        outputs: (outputsOf.get(row.id) ?? []).map(({ id }) => id),
        occurredAt: row.occurred_at,
        recordedAt: row.recorded_at,
        evidence: row.evidence,
      },
    ]),
  );
}
