import { Broken, type Call, type Emitted, type Method, type Verdict } from './acts.ts';
import { copied } from './book.ts';
import { grantQuota, recordFacilityRegistration } from './rules/facilities.ts';
import {
  completeKeyProposal,
  proposeKey,
  recordDelegation,
  recordKeyObjection,
  recordKeyReplacement,
} from './rules/keys.ts';
import {
  accredit,
  admit,
  grantRole,
  reinstate,
  renounceRole,
  revokeRole,
  suspend,
  withdrawAccreditation,
} from './rules/parties.ts';
import { recordCorrection, recordProduction } from './rules/productions.ts';
import { recordAttestation, recordObservation, recordRevocation } from './rules/sayings.ts';
import { recordDispatch, recordReceipt } from './rules/transfers.ts';
import type { Scene } from './scene.ts';

type Rule = (scene: Scene, ...args: never[]) => Emitted[];

const rules: Record<Method, Rule> = {
  admit,
  suspend,
  reinstate,
  accredit,
  withdrawAccreditation,
  grantQuota,
  proposeKey,
  completeKeyProposal,
  grantRole,
  revokeRole,
  renounceRole,
  recordFacilityRegistration,
  recordProduction,
  recordDispatch,
  recordReceipt,
  recordCorrection,
  recordObservation,
  recordAttestation,
  recordRevocation,
  recordDelegation,
  recordKeyReplacement,
  recordKeyObjection,
};

/** What decides over a call: the model, or a model with a flaw. */
export type Judge = (scene: Scene, call: Call) => Verdict;

/**
 * What the ledger must do with a call: the events that it emits, and the books changed accordingly, or the error that it
 * gives, and the books as they were. Each rule checks everything before it writes anything.
 */
export function judge(scene: Scene, call: Call): Verdict {
  if (call.encoding === 'gap' || call.encoding === 'padding') return judgeEncoding(scene, call);
  try {
    const rule = rules[call.method] as (scene: Scene, ...args: unknown[]) => Emitted[];
    return { events: rule(scene, ...call.args) };
  } catch (error) {
    if (error instanceof Broken) return { fault: error.fault };
    throw error;
  }
}

/** Calldata that is not the standard encoding is refused, whatever it says. */
function judgeEncoding(scene: Scene, { method, args }: Call): Verdict {
  const fault = { name: 'EncodingNotCanonical', args: [] };
  const verdict = judge({ ...scene, book: copied(scene.book) }, { method, args } as Call);
  return 'fault' in verdict ? { fault, or: verdict.fault } : { fault };
}
