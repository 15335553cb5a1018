import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import { type Emitted, refuse } from '../acts.ts';
import { joined, type Party } from '../book.ts';
import { roles } from '../ids.ts';
import type { Scene } from '../scene.ts';
import { requireActive, requireParty, requireRole } from './authority.ts';
import { checkKey, checkScheme } from './form.ts';

/** The registrar's and the accreditor's acts, and their roles (OpenZeppelin's AccessControl, each role its own admin). */

export function admit(scene: Scene, party: Hex, evidence: Hex): Emitted[] {
  requireRole(scene, roles.REGISTRAR);
  checkKey(party);
  if (scene.book.parties.has(party)) refuse('PartyAlreadyAdmitted', party);
  scene.book.parties.set(party, { key: party, suspended: false, keyNumber: 1 });
  return [{ name: 'PartyAdmitted', args: { party, evidence } }];
}

export function suspend(scene: Scene, party: Hex, evidence: Hex): Emitted[] {
  requireRole(scene, roles.REGISTRAR);
  requireActive(scene, party);
  changeParty(scene, party, { suspended: true });
  return [{ name: 'PartySuspended', args: { party, evidence } }];
}

export function reinstate(scene: Scene, party: Hex, evidence: Hex): Emitted[] {
  requireRole(scene, roles.REGISTRAR);
  if (!requireParty(scene, party).suspended) refuse('PartyIsNotSuspended', party);
  changeParty(scene, party, { suspended: false });
  return [{ name: 'PartyReinstated', args: { party, evidence } }];
}

export function accredit(scene: Scene, auditor: Hex, scheme: string, evidence: Hex): Emitted[] {
  requireRole(scene, roles.ACCREDITOR);
  checkScheme(scheme);
  requireParty(scene, auditor);
  if (isAccredited(scene, auditor, scheme)) refuse('AuditorAlreadyAccredited', auditor, scheme);
  scene.book.accreditations.set(joined(auditor, scheme), true);
  return [{ name: 'AuditorAccredited', args: { auditor, scheme, evidence } }];
}

export function withdrawAccreditation(scene: Scene, auditor: Hex, scheme: string, evidence: Hex): Emitted[] {
  requireRole(scene, roles.ACCREDITOR);
  requireAccredited(scene, auditor, scheme);
  scene.book.accreditations.set(joined(auditor, scheme), false);
  return [{ name: 'AccreditationWithdrawn', args: { auditor, scheme, evidence } }];
}

export function requireAccredited(scene: Scene, auditor: Hex, scheme: string): void {
  if (!isAccredited(scene, auditor, scheme)) refuse('AuditorNotAccredited', auditor, scheme);
}

function isAccredited({ book }: Scene, auditor: Hex, scheme: string): boolean {
  return book.accreditations.get(joined(auditor, scheme)) ?? false;
}

export function changeParty({ book }: Scene, party: Hex, change: Partial<Party>): void {
  book.parties.set(party, { ...(book.parties.get(party) as Party), ...change });
}

// ── Roles. A change that changes nothing emits nothing. ──

export function grantRole(scene: Scene, role: Hex, account: Hex): Emitted[] {
  requireRole(scene, adminOf(role));
  const holders = scene.book.roles.get(role) ?? new Set();
  if (holders.has(account)) return [];
  scene.book.roles.set(role, new Set([...holders, account]));
  return [{ name: 'RoleGranted', args: { role, account, sender: scene.sender } }];
}

export function revokeRole(scene: Scene, role: Hex, account: Hex): Emitted[] {
  requireRole(scene, adminOf(role));
  return dropRole(scene, role, account);
}

export function renounceRole(scene: Scene, role: Hex, account: Hex): Emitted[] {
  if (account !== scene.sender) refuse('AccessControlBadConfirmation');
  return dropRole(scene, role, account);
}

/** Each of the two roles is its own admin; any other has the admin that nobody is. */
function adminOf(role: Hex): Hex {
  return Object.values<Hex>(roles).includes(role) ? role : ZERO_BYTES32;
}

function dropRole({ book, sender }: Scene, role: Hex, account: Hex): Emitted[] {
  const holders = new Set(book.roles.get(role));
  if (!holders.delete(account)) return [];
  book.roles.set(role, holders);
  return [{ name: 'RoleRevoked', args: { role, account, sender } }];
}
