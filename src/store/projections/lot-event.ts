import type { Hex } from '../../protocol/hex.ts';
import type { LotEventKind, LotStatus } from '../schema.ts';
import { rowBytes } from '../values.ts';
import { type Place, placeColumns } from './projection.ts';

/** What a statement did to a lot, and how the lot stands since. `facility`: where it is; in transit, where it is going. */
export type LotEvent = {
  readonly place: Place;
  readonly lot: Hex;
  readonly statement: Hex;
  readonly kind: LotEventKind;
  readonly status: LotStatus;
  readonly head: Hex;
  readonly custodian: Hex;
  readonly facility: Hex;
  /** Milligrams on arrival; null = not weighed. */
  readonly weighed: bigint | null;
  readonly occurredAt: number;
};

export function eventRow({
  place,
  lot,
  statement,
  head,
  custodian,
  facility,
  occurredAt,
  ...rest
}: LotEvent) {
  return {
    ...placeColumns(place),
    ...rest,
    lot: rowBytes(lot),
    statement: rowBytes(statement),
    head: rowBytes(head),
    custodian: rowBytes(custodian),
    facility: rowBytes(facility),
    occurred_at: occurredAt,
  };
}
