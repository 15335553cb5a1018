import { type Witness, witnessJson } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Statement } from '../../protocol/statements.ts';
import { readStatement } from '../message.ts';
import type { Db } from '../schema.ts';
import { anyOf } from '../values.ts';

/** Who has the lots that accepted statements touch, once those are recorded: a party by statement id. */
export async function custodiansAfter(db: Db, ids: readonly Hex[]): Promise<Map<Hex, Hex>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'type', 'message', 'witness'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(
    rows.flatMap(({ id, type, message, witness }): [Hex, Hex][] => {
      const custodian = custodianAfter(readStatement(type, message), witnessJson.parse(witness));
      return custodian === undefined ? [] : [[id, custodian]];
    }),
  );
}

/** Until a receipt accepts it, a lot is the consignor's; refused or recalled it stays so. */
function custodianAfter({ type, message }: Statement, { dispatched }: Witness): Hex | undefined {
  if (type === 'Production') return message.custodian;
  if (type === 'Dispatch') return message.consignor;
  if (type === 'Correction') return message.author;
  if (type !== 'Receipt') return undefined;
  return message.accepted ? message.party : dispatched?.consignor;
}
