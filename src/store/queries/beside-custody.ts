import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes, bytesArray } from '../values.ts';

/** A correction that undid the production which made a lot, or one that had used up it or an ancestor. */
export type TouchingCorrectionRow = {
  readonly id: Hex;
  readonly production: Hex;
  readonly author: Hex;
  /** Of the lots asked about, those that it gave back. */
  readonly restored: readonly Hex[];
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
};

/** The corrections that gave any of the lots back, or made `lot` void, in the order of recording. */
export async function correctionsTouching(
  db: Db,
  lot: Hex,
  lots: Iterable<Hex>,
): Promise<TouchingCorrectionRow[]> {
  const touching = await db
    .selectFrom('lot_event')
    .select(['statement', 'lot', 'kind'])
    .where('lot_event.lot', '=', anyOf(lots))
    .where(({ or, eb, and }) =>
      or([eb('kind', '=', 'restore'), and([eb('kind', '=', 'void'), eb('lot_event.lot', '=', bytes(lot))])]),
    )
    .execute();
  const rows = await db
    .selectFrom('correction')
    .select(['id', 'production', 'author', 'evidence'])
    .select(['occurred_at as occurredAt', 'recorded_at as recordedAt'])
    .where('id', '=', anyOf(touching.map(({ statement }) => statement)))
    .orderBy('seq')
    .execute();
  const restored = Map.groupBy(
    touching.filter(({ kind }) => kind === 'restore'),
    ({ statement }) => statement,
  );
  return rows.map((row) => ({ ...row, restored: (restored.get(row.id) ?? []).map((event) => event.lot) }));
}

/** Who signed those of the statements that the author's own key of that moment did not. */
export async function delegatesOf(db: Db, statements: Iterable<Hex>): Promise<Map<Hex, Hex>> {
  const { rows } = await sql<{ id: Hex; signer: Hex }>`
    select statement.id, statement.signer from statement
    cross join lateral (
      select key from party_key where party = statement.author and party_key.seq < statement.seq
      order by party_key.seq desc limit 1
    ) own
    where statement.id = any(${bytesArray(statements)}) and statement.signer <> own.key`.execute(db);
  return new Map(rows.map(({ id, signer }) => [id, signer]));
}
