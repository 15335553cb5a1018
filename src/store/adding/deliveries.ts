import type { LotEvent } from '../projections/lot-event.ts';
import type { Recorded } from '../projections/projection.ts';
import { rowBytes } from '../values.ts';
import type { Dispatched, Known } from './known.ts';

const KINDS = ['dispatch', 'accept', 'refuse', 'recall'] as const;
type DeliveryKind = (typeof KINDS)[number];
type Moved = LotEvent & { readonly kind: DeliveryKind };

/**
 * The rows of `delivery` (0014-auditing.sql) for these events. As for the book, an older index is filled from its rows
 * (projections/delivery.ts), and a test holds the two against each other.
 */
export function deliveryRows(
  events: readonly LotEvent[],
  receipts: readonly Recorded<'Receipt'>[],
  { lots, dispatches }: Known,
) {
  const ended = new Map(receipts.map(({ id, message }) => [id, message.dispatch]));
  const moved = events.filter((event): event is Moved => KINDS.some((kind) => kind === event.kind));
  return [...Map.groupBy(moved, ({ place }) => place.seq).values()].map((ofStatement) => {
    const [first] = ofStatement as [Moved];
    const sent = dispatches.get(ended.get(first.statement) ?? first.statement);
    if (!sent) throw new Error(`Statement ${first.statement} ends a dispatch that nothing recorded`);
    const born = ofStatement.map(({ lot, weighed }) => ({
      weighed,
      milligrams: lots.get(lot)?.milligrams ?? 0n,
    }));
    return { ...headOf(first, sent), ...sumsOf(born) };
  });
}

function headOf({ place: { seq, block }, statement, kind, occurredAt }: Moved, sent: Dispatched) {
  return {
    seq,
    block,
    statement: rowBytes(statement),
    dispatch: rowBytes(sent.id),
    from_facility: rowBytes(sent.from),
    to_facility: rowBytes(sent.to),
    consignor: rowBytes(sent.consignor),
    consignee: rowBytes(sent.consignee),
    kind,
    sent_at: sent.occurredAt,
    occurred_at: occurredAt,
  };
}

type Weighed = { readonly weighed: bigint | null; readonly milligrams: bigint };

function sumsOf(born: readonly Weighed[]) {
  const weighed = born.filter((lot): lot is { weighed: bigint; milligrams: bigint } => lot.weighed !== null);
  return {
    lots: born.length,
    milligrams: born.reduce((sum, lot) => sum + lot.milligrams, 0n),
    weighed_lots: weighed.length,
    weighed_of: weighed.reduce((sum, lot) => sum + lot.milligrams, 0n),
    weighed: weighed.reduce((sum, lot) => sum + lot.weighed, 0n),
    off_lots: weighed.filter((lot) => lot.weighed !== lot.milligrams).length,
  };
}
