import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';

/** The index's newest block, and the newest block that can no longer change. */
export type IndexHead = {
  readonly number: number;
  readonly hash: Hex;
  readonly time: number;
  readonly finalized: number;
};

/** Null where the index is empty. */
export async function indexHead(db: Db): Promise<IndexHead | null> {
  const row = await db
    .selectFrom('block')
    .innerJoin('chain', (join) => join.onTrue())
    .select(['block.number', 'block.hash', 'block.time', 'chain.finalized'])
    .orderBy('block.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { ...row, finalized: Math.min(row.finalized, row.number) } : null;
}

/** The newest block that can no longer change; -1 where there is none. */
export async function finalizedBlock(db: Db): Promise<number> {
  return (await db.selectFrom('chain').select('finalized').executeTakeFirst())?.finalized ?? -1;
}
