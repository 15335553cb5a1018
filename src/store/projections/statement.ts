import type { Witness } from '../../chain/witness.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import {
  authorOf,
  type Statement,
  type StatementType,
  statementTypeNames,
} from '../../protocol/statements.ts';
import type { Batch } from '../adding/batch.ts';
import type { Known } from '../adding/known.ts';
import { json, rowBytes } from '../values.ts';
import { attestation } from './attestation.ts';
import { correction } from './correction.ts';
import { delegation } from './delegation.ts';
import { dispatch } from './dispatch.ts';
import { facilityRegistration } from './facility-registration.ts';
import { keyObjection } from './key-objection.ts';
import { keyReplacement } from './key-replacement.ts';
import { observation } from './observation.ts';
import { production } from './production.ts';
import { type NewHead, type Projection, placeColumns, type Recorded } from './projection.ts';
import { receipt } from './receipt.ts';
import { ofType, type RecordedStatement } from './recorded.ts';
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

/** Inserts what these statements say. A later type builds on the rows of those before it. */
export async function insertStatements(
  batch: Batch,
  recorded: readonly RecordedStatement[],
  known: Known,
): Promise<void> {
  for (const type of statementTypeNames) {
    const plain = ofType(recorded, type);
    if (plain.length > 0) await projectionOf(type).insert(batch, plain as readonly Recorded<never>[], known);
  }
}

export function statementRow({ place, transaction, id, statement, signer, signature }: RecordedStatement) {
  return {
    ...placeColumns(place),
    id: rowBytes(id),
    transaction: rowBytes(transaction),
    type: statement.type,
    author: rowBytes(authorOf(statement)),
    signer: rowBytes(signer),
    signature: rowBytes(signature),
    message: json(statement.message),
  };
}
