import { sql } from 'kysely';
import type { Refusal } from '../../chain/refusals.ts';
import { witnessJson } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { IndexProgress, OutboxStatement } from '../../relay/port.ts';
import { readStatement } from '../message.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes, text } from '../values.ts';
import { isOpen, releaseHolds } from './open.ts';

export function pending(db: Db, after: number, limit: number): Promise<OutboxStatement[]> {
  return inSnapshot(db, async (trx) => {
    const rows = await trx
      .selectFrom('outbox')
      .selectAll()
      .where('position', '>', after)
      .where(isOpen)
      .orderBy('position')
      .limit(limit)
      .execute();
    const makers = await openMakersOf(
      trx,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      position: row.position,
      id: row.id,
      statement: readStatement(row.type, row.message),
      signature: row.signature,
      witness: witnessJson.parse(row.witness),
      refused:
        row.refused_code === null ? null : { code: row.refused_code, block: row.refused_at_block ?? 0 },
      waitsFor: (makers.get(row.id) ?? []).map(({ maker }) => maker),
    }));
  });
}

/**
 * The open statements that make the heads that these extend. Asked for all at once: for one row after the other, a
 * database without statistics reads whole tables each time.
 */
async function openMakersOf(db: Db, ids: readonly Hex[]) {
  const { rows } = await sql<{ statement: Hex; maker: Hex }>`
    select distinct mine.statement, maker.statement as maker
    from outbox_head mine
    join outbox_head maker on maker.lot = mine.lot and maker.head = mine.extends and maker.statement <> mine.statement
    join outbox made_by on made_by.id = maker.statement
    where mine.statement = ${anyOf(ids)} and made_by.rejected_at is null and made_by.final_block is null
      and not exists (select from statement where statement.id = maker.statement)
    order by 1, 2`.execute(db);
  return Map.groupBy(rows, ({ statement }) => statement);
}

export async function progress(db: Db): Promise<IndexProgress> {
  const { rows } = await sql<{ indexed: number | null; finalized: number | null }>`
    select (select max(number) from block) as indexed, (select finalized from chain) as finalized`.execute(
    db,
  );
  const indexed = rows[0]?.indexed ?? -1;
  return { indexed, finalized: Math.min(indexed, rows[0]?.finalized ?? -1) };
}

export async function noteRefusal(db: Db, id: Hex, refusal: Refusal, block: number): Promise<void> {
  await db
    .updateTable('outbox')
    .set(refusalColumns(refusal, block))
    .where('id', '=', bytes(id))
    .where(isOpen)
    .execute();
}

export async function clearRefusal(db: Db, id: Hex): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ refused_code: null, refused_detail: null, refused_permanent: null, refused_at_block: null })
    .where('id', '=', bytes(id))
    .where('rejected_at', 'is', null)
    .execute();
}

export type Rejection = { readonly refusal: Refusal; readonly block: number; readonly at: number };

/** Inside a transaction. */
export async function reject(db: Db, id: Hex, { refusal, block, at }: Rejection): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ ...refusalColumns(refusal, block), rejected_at: at })
    .where('id', '=', bytes(id))
    .where(isOpen)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await releaseHolds(db, id);
  return true;
}

function refusalColumns({ code, detail, permanent }: Refusal, block: number) {
  return {
    refused_code: text(code),
    refused_detail: text(detail),
    refused_permanent: permanent,
    refused_at_block: block,
  };
}
