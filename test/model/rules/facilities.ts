import type { Hex } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { type Calls, type Emitted, recorded, refuse } from '../acts.ts';
import { type Facility, joined, quotaOf } from '../book.ts';
import { roles } from '../ids.ts';
import type { Scene } from '../scene.ts';
import { authorize, requireActive, requireRole } from './authority.ts';
import { checkMass, checkMaterial, checkRegistration } from './form.ts';

/** Sites, and how much may originate at each. */

export function recordFacilityRegistration(
  scene: Scene,
  statement: Struct<'FacilityRegistration'>,
  signature: Hex,
): Emitted[] {
  const { operator, kind, country } = statement;
  checkRegistration(statement);
  requireActive(scene, operator);
  const claim = { type: 'FacilityRegistration', message: statement, signature } as const;
  const signed = authorize(scene, operator, 'facility-registration', claim);
  if (scene.book.facilities.has(signed.id)) refuse('StatementAlreadyRecorded', signed.id);
  scene.book.facilities.set(signed.id, { operator, kind, country });
  return [recorded(claim, signed)];
}

export function grantQuota(scene: Scene, ...args: Calls['grantQuota']): Emitted[] {
  const [facility, material, recycled, year, milligrams, evidence] = args;
  requireRole(scene, roles.REGISTRAR);
  checkMaterial(material);
  checkMass(milligrams);
  requireFacility(scene, facility);
  const key = joined(facility, material, recycled, year);
  const { used } = quotaOf(scene.book, key);
  if (milligrams < used) refuse('QuotaBelowUsed', used, milligrams);
  scene.book.quotas.set(key, { granted: milligrams, used });
  return [{ name: 'QuotaGranted', args: { facility, material, recycled, year, milligrams, evidence } }];
}

export function requireFacility({ book }: Scene, facility: Hex): Facility {
  return book.facilities.get(facility) ?? refuse('FacilityUnknown', facility);
}

export function requireOperated(scene: Scene, facility: Hex, party: Hex): Facility {
  const known = requireFacility(scene, facility);
  if (known.operator !== party) refuse('FacilityNotOperatedBy', facility, known.operator, party);
  return known;
}
