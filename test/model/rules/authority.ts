import { type Scope, scopes } from '../../../src/protocol/codes.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { StatementType, Struct } from '../../../src/protocol/statements.ts';
import { refuse } from '../acts.ts';
import { type Delegated, joined, type Party, SECONDS_PER_DAY } from '../book.ts';
import { idOf } from '../ids.ts';
import { isTakenByContract, recoveredPair } from '../keyring.ts';
import type { Scene } from '../scene.ts';

/** Who may state what, and when. */

export const CLOCK_SKEW = 15 * 60;
export const MAX_AGE = 90 * SECONDS_PER_DAY;

export type Signed = { readonly id: Hex; readonly signer: Hex; readonly signature: Hex };
/** What a statement's signature is judged by. */
export type Claim<T extends StatementType> = {
  readonly type: T;
  readonly message: Struct<T> & { readonly recordBy: number };
  readonly signature: Hex;
};

export function requireParty({ book }: Scene, party: Hex): Party {
  return book.parties.get(party) ?? refuse('PartyUnknown', party);
}

export function requireActive(scene: Scene, party: Hex): void {
  if (requireParty(scene, party).suspended) refuse('PartyIsSuspended', party);
}

export function requireRole({ book, sender }: Scene, role: Hex): void {
  if (!book.roles.get(role)?.has(sender)) refuse('AccessControlUnauthorizedAccount', sender, role);
}

/** At most 15 minutes ahead: clocks differ. */
export function requireNotInFuture({ now }: Scene, time: number): void {
  if (time > now + CLOCK_SKEW) refuse('OccurredInFuture', now + CLOCK_SKEW, time);
}

/** At most 90 days ago. */
export function requireRecent(scene: Scene, occurredAt: number): void {
  if (occurredAt < scene.now - MAX_AGE) refuse('OccurredTooLongAgo', scene.now - MAX_AGE, occurredAt);
  requireNotInFuture(scene, occurredAt);
}

function requireInTime({ now }: Scene, recordBy: number): void {
  if (recordBy < now) refuse('StatementExpired', recordBy, now);
}

/** By the party's key, or by a delegate (a key pair) that may sign this type. Without a scope: by the key alone. */
export function authorize<T extends StatementType>(
  scene: Scene,
  party: Hex,
  scope: Scope | null,
  { type, message, signature }: Claim<T>,
): Signed {
  const { key, keyNumber } = requireParty(scene, party);
  requireInTime(scene, message.recordBy);
  const id = idOf(scene.domain, type, message);
  const pair = recoveredPair(scene.keyring, id, signature);
  if (pair === key) return { id, signer: pair, signature };
  const delegation = pair === null ? undefined : delegationOf(scene, party, pair);
  const fault = delegationFault(scene, delegation, scope, keyNumber);
  if (pair !== null && delegation && scope !== null && fault === null) return { id, signer: pair, signature };
  if (isTakenByContract(scene.keyring, key, id, signature)) return { id, signer: key, signature };
  if (pair !== null && delegation && scope !== null)
    refuseDelegate({ party, delegate: pair }, delegation, scope, fault);
  return refuse('SignatureInvalid', party, id);
}

/** By the device that the statement names, which is the party's own key or a delegate: of either kind of account. */
export function authorizeDevice(scene: Scene, claim: Claim<'Observation'>): Signed {
  const { observer, device } = claim.message;
  const { key, keyNumber } = requireParty(scene, observer);
  if (device !== key) {
    const delegation = delegationOf(scene, observer, device);
    if (!delegation) return refuse('DelegationEnded', observer, device, 0);
    const fault = delegationFault(scene, delegation, 'observation', keyNumber);
    if (fault !== null)
      refuseDelegate({ party: observer, delegate: device }, delegation, 'observation', fault);
  }
  return requireSigned(scene, device, claim);
}

/** By the account itself, party or not. */
export function requireSigned<T extends StatementType>(
  scene: Scene,
  account: Hex,
  { type, message, signature }: Claim<T>,
): Signed {
  requireInTime(scene, message.recordBy);
  const id = idOf(scene.domain, type, message);
  const isOwn =
    recoveredPair(scene.keyring, id, signature) === account ||
    isTakenByContract(scene.keyring, account, id, signature);
  if (!isOwn) refuse('SignatureInvalid', account, id);
  return { id, signer: account, signature };
}

/** Without a witness nothing is known of what a statement names. */
export function requireWitness<T extends StatementType>(
  scene: Scene,
  expected: Hex,
  type: T,
  message: Struct<T>,
): void {
  const got = idOf(scene.domain, type, message);
  if (got !== expected) refuse('WitnessMismatch', expected, got);
}

function delegationOf({ book }: Scene, party: Hex, delegate: Hex): Delegated | undefined {
  return book.delegations.get(joined(party, delegate));
}

type DelegationFault = 'ended' | 'out of scope' | null;

/** A delegation holds until its date, and with the key that signed it. */
function delegationFault(
  { now }: Scene,
  delegation: Delegated | undefined,
  scope: Scope | null,
  keyNumber: number,
): DelegationFault {
  if (!delegation || scope === null) return null;
  if (now >= delegation.validUntil || delegation.keyNumber !== keyNumber) return 'ended';
  return (delegation.scope & scopes[scope]) === 0 ? 'out of scope' : null;
}

function refuseDelegate(
  who: { party: Hex; delegate: Hex },
  { scope, validUntil }: Delegated,
  wanted: Scope,
  fault: DelegationFault,
): never {
  const { party, delegate } = who;
  return fault === 'ended'
    ? refuse('DelegationEnded', party, delegate, validUntil)
    : refuse('DelegationOutOfScope', party, delegate, scope, scopes[wanted]);
}
