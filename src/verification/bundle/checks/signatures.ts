import { type Scope, scopes } from '../../../protocol/codes.ts';
import type { Hex } from '../../../protocol/hex.ts';
import { authorOf, type StatementType } from '../../../protocol/statements.ts';
import { pathOf, type Said } from '../book.ts';
import type { Explored } from '../explore.ts';
import { BundleFault, type Report } from '../problems.ts';
import type { ProvenState } from '../state.ts';
import type { Tools } from '../tools.ts';
import type { KeyBook } from './keys.ts';

/** How a statement's authority was shown. `smart-account`: its contract was asked when it was recorded, and no more. */
export type SignedBy = 'key' | 'delegate' | 'smart-account';

export type Signatures = {
  /** By statement, whoever signed it where that was not the author's own key. */
  readonly delegates: ReadonlyMap<Hex, Hex>;
  readonly counts: Readonly<Record<SignedBy, number>>;
};

type Bench = {
  readonly explored: Explored;
  readonly state: ProvenState;
  readonly keys: KeyBook;
  readonly report: Report;
  /** The key pair that signed a digest; null = none did. */
  readonly recover: Tools['recover'];
};

/**
 * Every statement is signed by its author's key of that moment, by a delegate within its scope, or by a smart account.
 * @param onStatement told after each, with how many there were
 */
export function checkSignatures(bench: Bench, onStatement: (done: number) => void): Signatures {
  const delegates = new Map<Hex, Hex>();
  const counts = { key: 0, delegate: 0, 'smart-account': 0 };
  bench.explored.book.said.forEach((said, index) => {
    const by = signedBy(bench, said);
    if (by) counts[by] += 1;
    const own = ownKey(bench, said);
    if (said.signer !== own) delegates.set(said.id, said.signer);
    onStatement(index + 1);
  });
  return { delegates, counts };
}

const scopeOf: Readonly<Partial<Record<StatementType, Scope>>> = {
  FacilityRegistration: 'facility-registration',
  Production: 'production',
  Dispatch: 'dispatch',
  Receipt: 'receipt',
  Correction: 'correction',
  Observation: 'observation',
  Attestation: 'attestation',
  Revocation: 'revocation',
};

function signedBy(bench: Bench, said: Said): SignedBy | null {
  const isKeyPair = bench.recover(said.id, said.signature) === said.signer;
  if (!isKeyPair && !isSmartAccount(bench.state, said.signer)) {
    const what = `the signature is not that of ${said.signer}, and it is not proven to be a smart account`;
    return refused(bench, said, 'signature', what);
  }
  const { statement, signer } = said;
  const device = statement.type === 'Observation' ? statement.message.device : null;
  if (device !== null && device !== signer)
    return refused(bench, said, 'signer', `expected the device ${device}, got ${signer}`);
  if (signer === ownKey(bench, said)) return isKeyPair ? 'key' : 'smart-account';
  // The ledger takes a delegate's own signature alone; a device that is one may be a smart account.
  if (!isKeyPair && device === null)
    return refused(bench, said, 'signer', `${signer} is not the author's key`);
  const why = delegationProblem(bench.keys, said);
  if (why !== null) return refused(bench, said, 'signer', why);
  return isKeyPair ? 'delegate' : 'smart-account';
}

function refused({ report }: Bench, said: Said, field: string, detail: string): null {
  report('signature-invalid', pathOf(said, field), detail);
  return null;
}

/** A registrar that revokes signs with its own account, which is no party's. */
function ownKey({ explored, keys }: Bench, said: Said): Hex {
  const author = authorOf(said.statement);
  if (said.statement.type === 'Revocation' && !isAuditor(explored, said.statement.message)) return author;
  return keys.keyAt(author, said).key;
}

function isAuditor({ book }: Explored, { author, attestation }: { author: Hex; attestation: Hex }): boolean {
  return book.require('Attestation', attestation, 'a revocation').statement.message.auditor === author;
}

function delegationProblem(keys: KeyBook, said: Said): string | null {
  const scope = scopeOf[said.statement.type];
  const author = authorOf(said.statement);
  const none = `${said.signer} is neither the key of ${author} nor its delegate`;
  if (scope === undefined) return `${none}: only a party's own key signs this`;
  const found = keys.delegationAt(author, said.signer, said);
  if (!found) return none;
  const { validUntil, scope: given } = found.said.statement.message;
  if (found.keyNumber !== keys.keyAt(author, said).number) return `${none} any more: the key was replaced`;
  if (said.recordedAt >= validUntil) return `${none} any more: the delegation ended at ${validUntil}`;
  return (given & scopes[scope]) === 0 ? `${none} for this type of statement` : null;
}

function isSmartAccount(state: ProvenState, account: Hex): boolean {
  try {
    return state.hasCode(account);
  } catch (error) {
    if (error instanceof BundleFault) return false;
    throw error;
  }
}
