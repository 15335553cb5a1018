import { Interface } from 'ethers/abi';
import { ledgerAbi } from '../protocol/abi.generated.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../protocol/hex.ts';
import type { Dispatch, Statement } from '../protocol/statements.ts';
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

/** Where a witness is missing, the ledger says so: BirthsMissing, DispatchMismatch. */
function witnessOf({ type }: Statement, { births = [], dispatched = noDispatch }: Witness): unknown[] {
  if (type === 'Production') return [births];
  return type === 'Receipt' ? [dispatched] : [];
}

const noDispatch: Dispatch = {
  consignor: '0x0000000000000000000000000000000000000000',
  consignee: '0x0000000000000000000000000000000000000000',
  lots: [],
  from: ZERO_BYTES32,
  to: ZERO_BYTES32,
  mode: 0,
  recallFrom: 0,
  occurredAt: 0,
  evidence: ZERO_BYTES32,
  recordBy: 0,
};
