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

/** Undid a production: its outputs are void, its inputs are held again. */
export type CorrectionRow = {
  readonly id: Hex;
  readonly author: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/**
 * A recorded production. `inputs` and `outputs` (lot ids) are in the statement's order. `correction` is null while it
 * stands.
 */
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
  readonly correction: CorrectionRow | null;
};

/** The productions that exist among `ids`. */
export async function productionsByIds(
  db: Db,
  productionIds: Iterable<Hex>,
): Promise<Map<Hex, ProductionRow>> {
  const ids = [...productionIds];
  const wanted = anyOf(ids);
  const [productions, inputs, outputs, corrections] = await Promise.all([
    db.selectFrom('production').selectAll().where('id', '=', wanted).execute(),
    db
      .selectFrom('production_input')
      .selectAll()
      .where('production', '=', wanted)
      .orderBy('production')
      .orderBy('position')
      .execute(),
    db
      .selectFrom('lot')
      .select(['id', 'production'])
      .where('production', '=', wanted)
      .orderBy('production')
      .orderBy('output')
      .execute(),
    correctionsOf(db, ids),
  ]);
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
        correction: corrections.get(row.id) ?? null,
      },
    ]),
  );
}

/** The correction of each of the productions that has one. */
async function correctionsOf(db: Db, productions: Iterable<Hex>): Promise<Map<Hex, CorrectionRow>> {
  const rows = await db
    .selectFrom('correction')
    .select(['production', 'id', 'author', 'evidence'])
    .select(['occurred_at as occurredAt', 'recorded_at as recordedAt'])
    .where('production', '=', anyOf(productions))
    .execute();
  return new Map(rows.map(({ production, ...correction }) => [production, correction]));
}
