import { type Hex, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { type Emitted, recorded, refuse } from '../acts.ts';
import { type Book, joined } from '../book.ts';
import { extended, roles } from '../ids.ts';
import type { Scene } from '../scene.ts';
import {
  authorize,
  authorizeDevice,
  requireActive,
  requireNotInFuture,
  requireSigned,
  requireWitness,
} from './authority.ts';
import { checkAttestation, checkObservation } from './form.ts';
import { requireAccredited } from './parties.ts';

/** What auditors and devices say of a subject. Nothing of it can be left out: all joins the subject's trail. */

type Attestation = Struct<'Attestation'>;
type Revocation = Struct<'Revocation'>;

export function recordAttestation(scene: Scene, statement: Attestation, signature: Hex): Emitted[] {
  const { auditor, subject, scheme, validUntil } = statement;
  checkAttestation(statement);
  requireActive(scene, auditor);
  const claim = { type: 'Attestation', message: statement, signature } as const;
  const signed = authorize(scene, auditor, 'attestation', claim);
  requireAccredited(scene, auditor, scheme);
  const owner = ownerOf(scene.book, subject) ?? refuse('SubjectUnknown', subject);
  if (owner === auditor) refuse('SubjectIsOwn', subject, auditor);
  if (scene.book.attestations.has(signed.id)) refuse('StatementAlreadyRecorded', signed.id);
  scene.book.attestations.set(signed.id, { auditor, endsAt: validUntil });
  joinTrail(scene.book, subject, signed.id);
  return [recorded(claim, signed)];
}

/** By the attestation's auditor, whatever became of its standing, or by a registrar, party or not. */
export function recordRevocation(
  scene: Scene,
  statement: Revocation,
  revoked: Attestation,
  signature: Hex,
): Emitted[] {
  const { author, attestation: id, effectiveAt } = statement;
  const attested = scene.book.attestations.get(id) ?? refuse('AttestationUnknown', id);
  const { auditor, endsAt } = attested;
  const claim = { type: 'Revocation', message: statement, signature } as const;
  const isRegistrar = scene.book.roles.get(roles.REGISTRAR)?.has(author) ?? false;
  if (author !== auditor && !isRegistrar) refuse('RevocationNotByAuthor', auditor, author);
  const signed =
    author === auditor ? authorize(scene, author, 'revocation', claim) : requireSigned(scene, author, claim);
  requireWitness(scene, id, 'Attestation', revoked);
  if (effectiveAt >= endsAt) refuse('RevocationNotEarlier', endsAt, effectiveAt);
  scene.book.attestations.set(id, { auditor, endsAt: effectiveAt });
  joinTrail(scene.book, revoked.subject, signed.id);
  return [recorded(claim, signed)];
}

/** A device's log on a subject, in which each observation names the one before. Its first joins the trail. */
export function recordObservation(scene: Scene, statement: Struct<'Observation'>, signature: Hex): Emitted[] {
  const { observer, device, subject, previous, until } = statement;
  checkObservation(statement);
  requireActive(scene, observer);
  const claim = { type: 'Observation', message: statement, signature } as const;
  const signed = authorizeDevice(scene, claim);
  requireNotInFuture(scene, until);
  const log = joined(observer, device, subject);
  const tail = scene.book.tails.get(log) ?? ZERO_BYTES32;
  if (previous !== tail) refuse('TailStale', tail, previous);
  scene.book.tails.set(log, signed.id);
  if (tail === ZERO_BYTES32) joinTrail(scene.book, subject, signed.id);
  return [recorded(claim, signed)];
}

function joinTrail(book: Book, subject: Hex, id: Hex): void {
  book.trails.set(subject, extended(book.trails.get(subject) ?? ZERO_BYTES32, id));
}

/** Who answers for a facility, a lot or a party; a party is a subject by its address, left-padded. */
function ownerOf(book: Book, subject: Hex): Hex | undefined {
  const operator = book.facilities.get(subject)?.operator;
  const custodian = book.lots.get(subject)?.custodian;
  const party = `0x${subject.slice(26)}` as Hex;
  const isParty = subject.startsWith(`0x${'00'.repeat(12)}`) && book.parties.has(party);
  return operator ?? custodian ?? (isParty ? party : undefined);
}
