import type { Hex } from '../../protocol/hex.ts';
import type { Statement, StatementType } from '../../protocol/statements.ts';
import type { Place, Recorded } from './projection.ts';

/** A statement of any type, as the chain recorded it. */
export type RecordedStatement = {
  readonly place: Place;
  readonly transaction: Hex;
  readonly id: Hex;
  readonly statement: Statement;
  readonly signer: Hex;
  readonly signature: Hex;
};

/** Those of one type, in their order. */
export function ofType<T extends StatementType>(
  statements: readonly RecordedStatement[],
  type: T,
): Recorded<T>[] {
  const those = statements.filter(({ statement }) => statement.type === type);
  return those.map(({ place, id, statement: { message } }) => ({ place, id, message })) as Recorded<T>[];
}
