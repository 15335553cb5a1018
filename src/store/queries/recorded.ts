import type { Hex } from '../../protocol/hex.ts';
import type { StatementType } from '../../protocol/statements.ts';
import type { Db } from '../schema.ts';

/** A statement in the index: what it is, whose, and in which block. */
export type Recorded = {
  readonly id: Hex;
  readonly type: StatementType;
  readonly author: Hex;
  readonly block: number;
};

/** Statements of the blocks after that one, oldest first. @param most how many at most */
export async function recordedAfter(db: Db, block: number, most: number): Promise<Recorded[]> {
  const rows = await db
    .selectFrom('statement')
    .select(['id', 'type', 'author', 'block'])
    .where('block', '>', block)
    .orderBy('seq')
    .limit(most)
    .execute();
  return rows.map((row) => ({ ...row, type: row.type as StatementType }));
}

/** The hash of the index's block with that number; null where it has none. */
export async function blockHash(db: Db, number: number): Promise<Hex | null> {
  const row = await db.selectFrom('block').select('hash').where('number', '=', number).executeTakeFirst();
  return row?.hash ?? null;
}
