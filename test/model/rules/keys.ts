import type { Hex } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { type Emitted, recorded, refuse } from '../acts.ts';
import { joined, type Proposal, SECONDS_PER_DAY } from '../book.ts';
import { roles } from '../ids.ts';
import type { Scene } from '../scene.ts';
import { authorize, requireActive, requireNotInFuture, requireParty, requireRole } from './authority.ts';
import { checkDelegation, checkKey, ZERO_ADDRESS } from './form.ts';
import { changeParty } from './parties.ts';

/** Delegates, and how a party comes to another key. Each by the party's own key alone. */

const OBJECTION_PERIOD = 7 * SECONDS_PER_DAY;

/** A suspended party may end a delegation, and make none. */
export function recordDelegation(scene: Scene, statement: Struct<'Delegation'>, signature: Hex): Emitted[] {
  const { party, delegate, scope, validUntil, issuedAt } = statement;
  checkDelegation(statement);
  const { suspended, keyNumber } = requireParty(scene, party);
  if (suspended && validUntil !== 0) refuse('PartyIsSuspended', party);
  const signed = authorize(scene, party, null, { type: 'Delegation', message: statement, signature });
  requireNotInFuture(scene, issuedAt);
  const last = scene.book.delegations.get(joined(party, delegate))?.issuedAt ?? 0;
  if (issuedAt <= last) refuse('DelegationNotLater', last, issuedAt);
  scene.book.delegations.set(joined(party, delegate), { scope, validUntil, issuedAt, keyNumber });
  return [recorded({ type: 'Delegation', message: statement }, signed)];
}

export function recordKeyReplacement(
  scene: Scene,
  statement: Struct<'KeyReplacement'>,
  signature: Hex,
): Emitted[] {
  const { party, key, number } = statement;
  checkKey(key);
  requireActive(scene, party);
  const signed = authorize(scene, party, null, { type: 'KeyReplacement', message: statement, signature });
  requireNewKey(scene, party, key);
  const next = requireParty(scene, party).keyNumber + 1;
  if (number !== next) refuse('KeyNumberStale', next, number);
  replaceKey(scene, party, key);
  return [recorded({ type: 'KeyReplacement', message: statement }, signed)];
}

/** A suspended party may object. */
export function recordKeyObjection(
  scene: Scene,
  statement: Struct<'KeyObjection'>,
  signature: Hex,
): Emitted[] {
  const { party, key, effectiveAt } = statement;
  const signed = authorize(scene, party, null, { type: 'KeyObjection', message: statement, signature });
  const open = scene.book.proposals.get(party);
  if (!isOpen(open) || open.key !== key || open.effectiveAt !== effectiveAt)
    refuse('KeyProposalUnknown', party, key, effectiveAt);
  closeProposal(scene, party);
  return [recorded({ type: 'KeyObjection', message: statement }, signed)];
}

/** Each of a party's proposals has a later date than the one before, so that an objection fits one alone. */
export function proposeKey(scene: Scene, party: Hex, key: Hex, evidence: Hex): Emitted[] {
  requireRole(scene, roles.REGISTRAR);
  checkKey(key);
  requireNewKey(scene, party, key);
  const last = scene.book.proposals.get(party)?.effectiveAt ?? 0;
  const effectiveAt = Math.max(scene.now + OBJECTION_PERIOD, last + 1);
  scene.book.proposals.set(party, { key, effectiveAt });
  return [{ name: 'KeyProposed', args: { party, key, effectiveAt, evidence } }];
}

export function completeKeyProposal(scene: Scene, party: Hex): Emitted[] {
  const open = scene.book.proposals.get(party);
  if (!isOpen(open)) return refuse('KeyProposalUnknown', party, ZERO_ADDRESS, 0);
  if (scene.now < open.effectiveAt) refuse('KeyProposalTooEarly', open.effectiveAt, scene.now);
  const number = replaceKey(scene, party, open.key);
  return [{ name: 'KeyProposalCompleted', args: { party, key: open.key, number } }];
}

function isOpen(proposal: Proposal | undefined): proposal is Proposal {
  return proposal !== undefined && proposal.key !== ZERO_ADDRESS;
}

/** Its date stays known. */
function closeProposal({ book }: Scene, party: Hex): void {
  const last = book.proposals.get(party);
  if (last) book.proposals.set(party, { ...last, key: ZERO_ADDRESS });
}

function requireNewKey(scene: Scene, party: Hex, key: Hex): void {
  if (requireParty(scene, party).key === key) refuse('KeyUnchanged', party, key);
}

/** A proposal that was open is void; delegations end, because they name the number of the key that signed them. */
function replaceKey(scene: Scene, party: Hex, key: Hex): number {
  const keyNumber = requireParty(scene, party).keyNumber + 1;
  closeProposal(scene, party);
  changeParty(scene, party, { key, keyNumber });
  return keyNumber;
}
