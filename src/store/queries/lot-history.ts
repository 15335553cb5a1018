import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Db, LotEventKind, LotStatus } from '../schema.ts';
import { bytes } from '../values.ts';

/** One statement that touched the lot, and the lot's state after it. */
export type LotHistoryRow = {
  readonly statement: Hex;
  readonly kind: LotEventKind;
  readonly status: LotStatus;
  readonly head: Hex;
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly weighed: bigint | null;
  readonly author: Hex;
  readonly signer: Hex;
  readonly evidence: Hex;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly block: number;
  readonly transaction: Hex;
  readonly final: boolean;
};

/** Oldest first; empty where there is no such lot. */
export async function lotHistory(db: Db, lot: Hex): Promise<LotHistoryRow[]> {
  const rows = await db
    .selectFrom('lot_event')
    .innerJoin('statement', 'statement.id', 'lot_event.statement')
    .innerJoin('chain', (join) => join.onTrue())
    .leftJoin('production', 'production.id', 'lot_event.statement')
    .leftJoin('dispatch', 'dispatch.id', 'lot_event.statement')
    .leftJoin('receipt', 'receipt.id', 'lot_event.statement')
    .leftJoin('correction', 'correction.id', 'lot_event.statement')
    .select(['lot_event.statement', 'kind', 'status', 'head', 'lot_event.custodian', 'lot_event.facility'])
    .select(['weighed', 'statement.author', 'signer', 'lot_event.occurred_at', 'lot_event.recorded_at'])
    .select(['lot_event.block', 'transaction', 'finalized'])
    .select(({ fn }) =>
      fn
        .coalesce('production.evidence', 'dispatch.evidence', 'receipt.evidence', 'correction.evidence')
        .as('evidence'),
    )
    .where('lot_event.lot', '=', bytes(lot))
    .orderBy('lot_event.seq')
    .execute();
  return rows.map(({ occurred_at, recorded_at, finalized, evidence, ...row }) => ({
    ...row,
    evidence: evidence ?? ZERO_BYTES32,
    occurredAt: occurred_at,
    recordedAt: recorded_at,
    final: row.block <= finalized,
  }));
}
