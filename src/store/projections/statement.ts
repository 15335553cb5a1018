import type { Witness } from '../../chain/witness.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import {
  authorOf,
  type Statement,
  type StatementType,
  statementTypeNames,
} from '../../protocol/statements.ts';
import { insertAll } from '../bulk.ts';
import type { Db } from '../schema.ts';
import { bytes, json } from '../values.ts';
import { attestation } from './attestation.ts';
import { correction } from './correction.ts';
import { delegation } from './delegation.ts';
import { dispatch } from './dispatch.ts';
import { facilityRegistration } from './facility-registration.ts';
import { keyObjection } from './key-objection.ts';
import { keyReplacement } from './key-replacement.ts';
import { observation } from './observation.ts';
import { production } from './production.ts';
import { type NewHead, type Place, type Projection, placeColumns, type Recorded } from './projection.ts';
import { receipt } from './receipt.ts';
import { revocation } from './revocation.ts';

const projections: { [T in StatementType]: Projection<T> } = {
  FacilityRegistration: facilityRegistration,
  Production: production,
  Dispatch: dispatch,
  Receipt: receipt,
  Correction: correction,
  Observation: observation,
  Attestation: attestation,
  Revocation: revocation,
  Delegation: delegation,
  KeyReplacement: keyReplacement,
  KeyObjection: keyObjection,
};

/** A statement of any type, as the chain recorded it. */
export type RecordedStatement = {
  readonly place: Place;
  readonly transaction: Hex;
  readonly id: Hex;
  readonly statement: Statement;
  readonly signer: Hex;
  readonly signature: Hex;
};

/** The projection of a type that only the caller knows: its message is of that type. */
function projectionOf(type: StatementType): Projection<never> {
  return projections[type] as unknown as Projection<never>;
}

/** The evidence roots that a statement names; zero among them stands for none. */
export function rootsOf({ type, message }: Statement): Hex[] {
  return projectionOf(type).rootsOf(message as never);
}

/** Evidence roots without repetition, and without zero, which stands for none. */
export function namedOnce(roots: Iterable<Hex>): Hex[] {
  return [...new Set(roots)].filter((root) => root !== ZERO_BYTES32);
}

/** The heads that a statement gives to lots. */
export function headsOf(id: Hex, { type, message }: Statement, witness: Witness): NewHead[] {
  return projectionOf(type).headsOf(id, message as never, witness);
}

/** Inserts what one block's statements say. A later type builds on the rows of those before it. */
export async function insertStatements(db: Db, recorded: readonly RecordedStatement[]): Promise<void> {
  await insertAll(db, 'statement', recorded.map(statementRow));
  for (const type of statementTypeNames) {
    const ofType = recorded.filter(({ statement }) => statement.type === type);
    const plain = ofType.map(({ place, id, statement: { message } }) => ({ place, id, message }));
    await projectionOf(type).insert(db, plain as readonly Recorded<never>[]);
  }
}

function statementRow({ place, transaction, id, statement, signer, signature }: RecordedStatement) {
  return {
    ...placeColumns(place),
    id: bytes(id),
    transaction: bytes(transaction),
    type: statement.type,
    author: bytes(authorOf(statement)),
    signer: bytes(signer),
    signature: bytes(signature),
    message: json(statement.message),
  };
}
