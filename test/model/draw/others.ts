import { type Hex, partySubject, ZERO_BYTES32 } from '../../../src/protocol/hex.ts';
import type { Struct } from '../../../src/protocol/statements.ts';
import { joined, parted, SECONDS_PER_DAY } from '../book.ts';
import { roles } from '../ids.ts';
import { CLOCK_SKEW } from '../rules/authority.ts';
import { ZERO_ADDRESS } from '../rules/form.ts';
import { type Draft, draft } from './draft.ts';
import { activeParties, anyId, evidence, pairsOf, recordBy, type Stage } from './stage.ts';

/** Registrations, attestations, observations and keys that the ledger takes, as things stand. */

export function registration(stage: Stage): Draft | null {
  const { dice } = stage;
  const operator = dice.maybe(activeParties(stage));
  if (!operator) return null;
  const [kind, country] = [dice.int(1, 7), dice.pick([1, 180, 756, 999])];
  const message = { operator, kind, country, evidence: evidence(stage), recordBy: recordBy(stage) };
  return draft('FacilityRegistration', message, { party: operator, scope: 'facility-registration' });
}

/** Of a facility, lot or party that is not the auditor's. */
export function attestation(stage: Stage): Draft | null {
  const { dice, book, now } = stage;
  const active = new Set(activeParties(stage));
  const accredited = [...book.accreditations].filter(([, holds]) => holds).map(([key]) => parted(key, 2));
  const chosen = dice.maybe(accredited.filter(([auditor]) => active.has(auditor as Hex))) as
    | [Hex, string]
    | undefined;
  const subject = chosen && foreignSubject(stage, chosen[0]);
  if (!chosen || !subject) return null;
  const [auditor, scheme] = chosen;
  const validFrom = now - dice.int(0, 400) * SECONDS_PER_DAY;
  const message = {
    auditor,
    subject,
    scheme,
    outcome: dice.int(1, 3),
    validFrom,
    validUntil: dice.pick([validFrom + 1, now, now + 365 * SECONDS_PER_DAY]) + 1,
    evidence: evidence(stage),
    recordBy: recordBy(stage),
  };
  return draft('Attestation', message, { party: auditor, scope: 'attestation' });
}

function foreignSubject({ dice, book }: Stage, auditor: Hex): Hex | undefined {
  const owned = dice.pick([
    [...book.facilities].map(([id, { operator }]) => [id, operator] as const),
    [...book.lots].map(([id, { custodian }]) => [id, custodian] as const),
    [...book.parties.keys()].map((party) => [partySubject(party), party] as const),
  ]);
  return dice.maybe(owned.filter(([, owner]) => owner !== auditor))?.[0];
}

/** By the auditor, or by a registrar. */
export function revocation(stage: Stage): Draft | null {
  const { dice, book, archive } = stage;
  const chosen = dice.maybe([...archive.attestations]);
  if (!chosen) return null;
  const [attestation, revoked] = chosen;
  const endsAt = book.attestations.get(attestation)?.endsAt ?? 0;
  const registrar = dice.maybe([...(book.roles.get(roles.REGISTRAR) ?? [])]);
  const author = registrar !== undefined && dice.chance(0.3) ? registrar : revoked.auditor;
  const message = {
    author,
    attestation,
    effectiveAt: Math.max(0, dice.pick([endsAt - 1, endsAt - SECONDS_PER_DAY, 0])),
    evidence: evidence(stage),
    recordBy: recordBy(stage),
  };
  const by =
    author === revoked.auditor ? { party: author, scope: 'revocation' as const } : { account: author };
  return draft('Revocation', message, by, revoked);
}

/** By the party's own key, or by a delegate for observations: a key pair or a contract. */
export function observation(stage: Stage): Draft | null {
  const { dice, book, now, keyring } = stage;
  const observer = dice.maybe(activeParties(stage));
  if (!observer) return null;
  const delegates = [...book.delegations.keys()].map((key) => parted(key, 2) as [Hex, Hex]);
  const own = book.parties.get(observer)?.key as Hex;
  const devices = [own, ...delegates.filter(([party]) => party === observer).map(([, delegate]) => delegate)];
  const device = dice.pick(devices.filter((each) => each === own || isObserving(stage, observer, each)));
  const logs = [...book.tails.keys()].map((key) => parted(key, 3) as [Hex, Hex, Hex]);
  const known = logs
    .filter(([from, by]) => from === observer && by === device)
    .map(([, , subject]) => subject);
  const subject = (dice.chance(0.6) ? dice.maybe(known) : undefined) ?? anyId(stage);
  const isReading = dice.chance(0.7);
  const until = dice.pick([now, now + CLOCK_SKEW, now - 3600]);
  const message: Struct<'Observation'> = {
    observer,
    device,
    subject,
    previous: book.tails.get(joined(observer, device, subject)) ?? ZERO_BYTES32,
    root: isReading ? dice.bytes32() : ZERO_BYTES32,
    count: isReading ? dice.int(1, 1000) : 0,
    from: until - dice.pick([0, 1, 86_400]),
    until,
    evidence: isReading ? evidence(stage) : dice.bytes32(),
    recordBy: recordBy(stage),
  };
  return pairsOf(keyring, device).length === 0 ? null : draft('Observation', message, { account: device });
}

function isObserving({ book, now }: Stage, party: Hex, delegate: Hex): boolean {
  const delegation = book.delegations.get(joined(party, delegate));
  const isSame = delegation?.keyNumber === book.parties.get(party)?.keyNumber;
  return delegation !== undefined && isSame && now < delegation.validUntil && (delegation.scope & 32) !== 0;
}

export function delegation(stage: Stage): Draft | null {
  const { dice, book, cast, now } = stage;
  const party = dice.maybe([...book.parties.keys()]);
  if (!party) return null;
  const delegate = dice.pick(cast.spares);
  const last = book.delegations.get(joined(party, delegate))?.issuedAt ?? 0;
  const endsIt = book.parties.get(party)?.suspended === true || dice.chance(0.15);
  const message = {
    party,
    delegate,
    scope: dice.pick([255, 255, 32, 2 | 4 | 8, 1, 2, 4, 8, 16, 64, 128, 64 | 128]),
    validUntil: endsIt ? 0 : now + dice.pick([1, 3600, 10 * SECONDS_PER_DAY, 300 * SECONDS_PER_DAY]),
    issuedAt: Math.max(last + 1, dice.pick([now, now, now - 100, now + CLOCK_SKEW])),
    recordBy: recordBy(stage),
  };
  return draft('Delegation', message, { party, scope: null });
}

export function keyReplacement(stage: Stage): Draft | null {
  const { dice, book, cast } = stage;
  const party = dice.maybe(activeParties(stage));
  if (!party) return null;
  const { key: present, keyNumber = 0 } = book.parties.get(party) ?? {};
  const key = dice.pick([...cast.spares, party].filter((each) => each !== present));
  const message = { party, key, number: keyNumber + 1, recordBy: recordBy(stage) };
  return draft('KeyReplacement', message, { party, scope: null });
}

export function keyObjection(stage: Stage): Draft | null {
  const { dice, book } = stage;
  const chosen = dice.maybe([...book.proposals].filter(([, { key }]) => key !== ZERO_ADDRESS));
  if (!chosen) return null;
  const [party, { key, effectiveAt }] = chosen;
  const message = { party, key, effectiveAt, recordBy: recordBy(stage) };
  return draft('KeyObjection', message, { party, scope: null });
}
