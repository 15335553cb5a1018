import type { Hex } from '../../src/protocol/hex.ts';
import type { Birth } from '../../src/protocol/lots.ts';
import type { Statement, StatementType, Struct } from '../../src/protocol/statements.ts';

/** What can be called, with its arguments in the ABI's order. */
export type Calls = {
  admit: [party: Hex, evidence: Hex];
  suspend: [party: Hex, evidence: Hex];
  reinstate: [party: Hex, evidence: Hex];
  accredit: [auditor: Hex, scheme: string, evidence: Hex];
  withdrawAccreditation: [auditor: Hex, scheme: string, evidence: Hex];
  grantQuota: [facility: Hex, material: number, recycled: boolean, year: number, mg: bigint, evidence: Hex];
  proposeKey: [party: Hex, key: Hex, evidence: Hex];
  completeKeyProposal: [party: Hex];
  grantRole: [role: Hex, account: Hex];
  revokeRole: [role: Hex, account: Hex];
  renounceRole: [role: Hex, account: Hex];
  recordFacilityRegistration: [statement: Struct<'FacilityRegistration'>, signature: Hex];
  recordProduction: [statement: Struct<'Production'>, births: readonly Birth[], signature: Hex];
  recordDispatch: [statement: Struct<'Dispatch'>, signature: Hex];
  recordReceipt: [statement: Struct<'Receipt'>, dispatched: Struct<'Dispatch'>, signature: Hex];
  recordCorrection: [
    statement: Struct<'Correction'>,
    corrected: Struct<'Production'>,
    births: readonly Birth[],
    signature: Hex,
  ];
  recordObservation: [statement: Struct<'Observation'>, signature: Hex];
  recordAttestation: [statement: Struct<'Attestation'>, signature: Hex];
  recordRevocation: [statement: Struct<'Revocation'>, revoked: Struct<'Attestation'>, signature: Hex];
  recordDelegation: [statement: Struct<'Delegation'>, signature: Hex];
  recordKeyReplacement: [statement: Struct<'KeyReplacement'>, signature: Hex];
  recordKeyObjection: [statement: Struct<'KeyObjection'>, signature: Hex];
};
export type Method = keyof Calls;

/**
 * Other encodings of the same values than the standard's. `gap`: a hole in the statement. `padding`: something behind the
 * text in a statement. Both are refused. `tail`: something behind the signature, which is nobody's business.
 */
export type Encoding = 'gap' | 'padding' | 'tail';

export type Call = {
  [M in Method]: { readonly method: M; readonly args: Calls[M]; readonly encoding?: Encoding };
}[Method];

/** What the ledger says of a call it refuses: the error's name and arguments. `Reverted`: without a reason. */
export type Fault = { readonly name: string; readonly args: readonly unknown[] };

/** An event as it must be emitted, or was. */
export type Emitted = { readonly name: string; readonly args: Readonly<Record<string, unknown>> };

/** `or`: another fault that is as true, where nothing says which comes first. */
export type Verdict =
  | { readonly fault: Fault; readonly or?: Fault }
  | { readonly events: readonly Emitted[] };

/** Thrown by the model's rules: the first fact that does not hold. */
export class Broken extends Error {
  readonly fault: Fault;
  constructor(name: string, args: readonly unknown[]) {
    super(name);
    this.fault = { name, args };
  }
}

export function refuse(name: string, ...args: readonly unknown[]): never {
  throw new Broken(name, args);
}

/** The event of a recorded statement. */
export function recorded(
  { type, message }: Statement,
  { id, signer, signature }: { id: Hex; signer: Hex; signature: Hex },
): Emitted {
  return { name: `${type}Recorded`, args: { id, statement: message, signer, signature } };
}

/** The statement's type, where the call records one. */
export function statementTypeOf(method: Method): StatementType | null {
  return method.startsWith('record') ? (method.slice('record'.length) as StatementType) : null;
}
