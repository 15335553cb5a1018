import type { Hex } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';
import { readStatement } from '../message.ts';
import type { Db } from '../schema.ts';

/** A recorded statement, and where. */
export type RecordedAt = {
  readonly id: Hex;
  readonly statement: Statement;
  readonly block: number;
  readonly transaction: Hex;
};

/** The recorded statements that a reorganisation may still take back, in the order of the chain. */
export async function unsettledStatements(db: Db): Promise<RecordedAt[]> {
  const rows = await db
    .selectFrom('statement')
    .innerJoin('chain', (join) => join.onTrue())
    .select([
      'statement.id',
      'statement.type',
      'statement.message',
      'statement.block',
      'statement.transaction',
    ])
    .whereRef('statement.block', '>', 'chain.finalized')
    .orderBy('statement.seq')
    .execute();
  return rows.map(({ type, message, ...row }) => ({ ...row, statement: readStatement(type, message) }));
}
