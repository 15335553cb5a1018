import { Interface } from 'ethers/abi';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import { type Hex, hex, ZERO_ACCOUNT, ZERO_BYTES32 } from '../protocol/hex.ts';
import type { Attestation, Dispatch, Production, Statement } from '../protocol/statements.ts';
import type { Witness } from './witness.ts';

const ledger = new Interface(ledgerAbi);

/** A call of the ledger: the function's name, and its calldata. */
export type LedgerCall = { readonly method: string; readonly data: Hex };

/** The call that records a statement. */
export function recordCall(statement: Statement, witness: Witness, signature: Hex): LedgerCall {
  const method = `record${statement.type}`;
  const values = [statement.message, ...witnessOf(statement, witness), signature];
  return { method, data: encodeCall(method, values) };
}

/** The calldata of any of the ledger's functions. */
export function encodeCall(method: string, values: readonly unknown[]): Hex {
  return hex(ledger.encodeFunctionData(method, values));
}

/** What a view of the ledger returned, as ethers reads it. */
export function decodeResult(method: string, data: Hex): readonly unknown[] {
  return ledger.decodeFunctionResult(method, data).toArray();
}

/** The call that makes many others: each as if it were sent alone, so that one that is refused leaves the rest be. */
export function submitCall(calls: readonly LedgerCall[]): LedgerCall {
  return { method: 'submit', data: encodeCall('submit', [calls.map(({ data }) => data)]) };
}

/** Where a witness is missing, an empty one goes along, and the ledger says so: BirthsMissing, WitnessMismatch. */
function witnessOf({ type }: Statement, witness: Witness): unknown[] {
  const { births = [], dispatched = noDispatch, corrected = noProduction, revoked = noAttestation } = witness;
  switch (type) {
    case 'Production':
      return [births];
    case 'Receipt':
      return [dispatched];
    case 'Correction':
      return [corrected, births];
    case 'Revocation':
      return [revoked];
    default:
      return [];
  }
}

const noPaper = { evidence: ZERO_BYTES32, recordBy: 0 };

const noDispatch: Dispatch = {
  consignor: ZERO_ACCOUNT,
  consignee: ZERO_ACCOUNT,
  lots: [],
  from: ZERO_BYTES32,
  to: ZERO_BYTES32,
  mode: 0,
  recallFrom: 0,
  occurredAt: 0,
  ...noPaper,
};

const noProduction: Production = {
  custodian: ZERO_ACCOUNT,
  facility: ZERO_BYTES32,
  process: 0,
  custodyModel: 0,
  inputs: [],
  outputs: [],
  occurredAt: 0,
  ...noPaper,
};

const noAttestation: Attestation = {
  auditor: ZERO_ACCOUNT,
  subject: ZERO_BYTES32,
  scheme: '',
  outcome: 0,
  validFrom: 0,
  validUntil: 0,
  ...noPaper,
};
