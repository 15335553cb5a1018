import type { Hex } from '../../protocol/hex.ts';
import { type Json, toJson } from '../../protocol/json.ts';
import { birthsOf } from '../../protocol/lots.ts';
import type { Statement } from '../../protocol/statements.ts';
import type { StatementStatus as StatusRow } from '../../store/outbox.ts';
import type { StatementStatus } from '../schemas/statements.ts';

/** @param correctedBy the correction that undid it, where it is a production */
export function statementView(row: StatusRow, correctedBy: Hex | null): StatementStatus {
  return {
    id: row.id,
    type: row.statement.type,
    author: row.author,
    signer: row.signer,
    status: row.status,
    acceptedAt: row.acceptedAt,
    recordedAt: row.recordedAt,
    block: row.block,
    transaction: row.transaction,
    lots: lotsBornOf(row),
    correctedBy,
    refusal: row.refusal && { ...row.refusal },
    message: toJson(row.statement.message) as Json<Statement['message']> & Record<string, unknown>,
    signature: row.signature,
  };
}

function lotsBornOf({ id, statement }: StatusRow): StatementStatus['lots'] {
  return statement.type === 'Production' ? birthsOf(id, statement.message.outputs).map(({ lot }) => lot) : [];
}
