import { recordedTerm, type TransportMode, transportModes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { anyOf } from '../values.ts';

/** How a leg ended for one lot. `weighed` is the mass on arrival in milligrams, null where it was not weighed. */
export type LegReceiptRow = {
  readonly id: Hex;
  readonly kind: 'accept' | 'refuse' | 'recall';
  readonly party: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly weighed: bigint | null;
  readonly evidence: Hex;
};

/** One lot's part in one dispatch; `receipt` is null while the lot is in transit. */
export type LegRow = {
  readonly dispatch: Hex;
  readonly lot: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly from: Hex;
  readonly to: Hex;
  readonly mode: TransportMode;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
  readonly receipt: LegReceiptRow | null;
};

/**
 * The journeys of each lot that made any, in the order of recording.
 * @param before the `seq` that they have to have begun before; without it, all of them
 */
export async function legsOf(
  db: Db,
  lots: Iterable<Hex>,
  before: number | null = null,
): Promise<Map<Hex, LegRow[]>> {
  const wanted = [...lots];
  const [receipts, rows] = await Promise.all([
    receiptsOf(db, wanted),
    selectDispatched(db, wanted)
      .$if(before !== null, (query) => query.where('lot_event.seq', '<', before ?? 0))
      .execute(),
  ]);
  const legs = rows.map(({ mode, ...row }) => ({
    ...row,
    mode: recordedTerm(transportModes, mode),
    receipt: receipts.get(keyOf(row)) ?? null,
  }));
  return Map.groupBy(legs, ({ lot }) => lot);
}

function selectDispatched(db: Db, lots: readonly Hex[]) {
  return db
    .selectFrom('lot_event')
    .innerJoin('dispatch', 'dispatch.id', 'lot_event.statement')
    .select(['dispatch.id as dispatch', 'lot_event.lot', 'consignor', 'consignee'])
    .select(['from_facility as from', 'to_facility as to', 'mode', 'dispatch.evidence'])
    .select(['dispatch.occurred_at as occurredAt', 'dispatch.recorded_at as recordedAt'])
    .where('lot_event.lot', '=', anyOf(lots))
    .orderBy('lot_event.seq')
    .orderBy('lot_event.lot');
}

async function receiptsOf(db: Db, lots: readonly Hex[]): Promise<Map<string, LegReceiptRow>> {
  const rows = await db
    .selectFrom('lot_event')
    .innerJoin('receipt', 'receipt.id', 'lot_event.statement')
    .select(['receipt.dispatch', 'lot_event.lot', 'receipt.id', 'lot_event.kind', 'receipt.party'])
    .select(['receipt.occurred_at as occurredAt', 'receipt.recorded_at as recordedAt'])
    .select(['lot_event.weighed', 'receipt.evidence'])
    .where('lot_event.lot', '=', anyOf(lots))
    .execute();
  return new Map(
    rows.map(({ dispatch, lot, kind, ...row }) => [
      keyOf({ dispatch, lot }),
      { ...row, kind: kind as LegReceiptRow['kind'] },
    ]),
  );
}

function keyOf({ dispatch, lot }: { readonly dispatch: Hex; readonly lot: Hex }): string {
  return `${dispatch} ${lot}`;
}
