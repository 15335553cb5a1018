import { facilityKinds, outcomes } from '../protocol/codes.ts';
import { keyRefusals } from './key-refusals.ts';
import { lotRefusals } from './lot-refusals.ts';
import {
  conflict,
  forbidden,
  forGood,
  known,
  mass,
  notFound,
  pair,
  type RefusalRow,
  time,
  unprocessable,
  wrong,
} from './refusal-row.ts';

/** What HTTP says of a refusal: 403, 404, 409, 422. */
export type RefusalClass = 'forbidden' | 'not-found' | 'conflict' | 'unprocessable';

/** An error's arguments by name: numbers as decimal strings, bytes and addresses as lower-case hex. */
export type RefusalArgs = Readonly<Record<string, string>>;

/** Every error that the ledger can answer with, by its name in the ABI. */
export const refusalRows = {
  PartyUnknown: forbidden(
    (a) => `${a.party} is not a party. Ask the registrar to admit it, then send again.`,
  ),
  PartyAlreadyAdmitted: conflict((a) => `${a.party} was admitted before. Nothing to do.`),
  PartyIsSuspended: forbidden(
    (a) =>
      `The party ${a.party} is suspended: it can only refuse, recall and revoke. Ask the registrar to reinstate it.`,
  ),
  PartyIsNotSuspended: conflict((a) => `The party ${a.party} is not suspended. Nothing to reinstate.`),
  AccountIsZero: wrong(
    () => 'The zero address signs nothing: it is no party, key or delegate. Name the account that will sign.',
  ),
  SignatureInvalid: forbidden(
    (a) =>
      `The signature over ${a.statement} is not that of ${a.party}, on this chain and for this ledger. Sign again with the party's key.`,
  ),
  StatementExpired: wrong(
    (a) =>
      `The statement had to be recorded by ${time(a.recordBy)}, and it is ${time(a.blockTime)}. Sign it with a later recordBy.`,
  ),
  StatementAlreadyRecorded: conflict((a) => `Statement ${a.statement} is recorded. Nothing to do.`),
  StatementEmpty: wrong(
    () => 'The statement says nothing: it names no lot, no reading and no evidence. Name at least one.',
  ),
  WitnessMismatch: forGood(
    notFound(
      (a) =>
        `The statement presented is ${a.got}, and the one that is named is ${a.expected}. Check that id, and present the dispatch, production or attestation as it was recorded.`,
    ),
  ),
  AuditorNotAccredited: forbidden(
    (a) => `${a.auditor} is not accredited for "${a.scheme}". Check the spelling, or ask the accreditor.`,
  ),
  AuditorAlreadyAccredited: conflict(
    (a) => `${a.auditor} is accredited for "${a.scheme}" already. Nothing to do.`,
  ),
  SchemeEmpty: wrong(() => 'A scheme has a name, and this one is empty. Name the scheme.'),
  SchemeMalformed: wrong(
    (a) =>
      `${JSON.stringify(a.scheme)} is no name of a scheme: it is at most 64 characters of printable ASCII. Spell it so.`,
  ),
  EncodingNotCanonical: wrong(
    () =>
      'The call is not in the standard ABI encoding: a part is missing, or there is a gap. Encode it anew.',
  ),
  GasTooLow: unprocessable(
    () =>
      'The transaction had too little gas left to tell whether the statement is valid. Send it with more.',
  ),

  ...keyRefusals,

  FacilityUnknown: notFound(
    (a) => `There is no facility ${a.facility}. Its id is that of its registration: record that first.`,
  ),
  FacilityNotOperatedBy: forGood(
    forbidden(
      (a) =>
        `Facility ${a.facility} is operated by ${a.operator}, not by ${a.party}. Name one of ${a.party}.`,
    ),
  ),
  FacilityKindUnknown: wrong(
    (a) => `No kind of facility has the number ${a.kind}. Take one of ${known(facilityKinds)}.`,
  ),
  CountryUnknown: wrong((a) => `${a.country} is no country. Use the ISO 3166-1 numeric code, 1 to 999.`),
  MaterialUnknown: wrong(
    (a) => `No material has the number ${a.material}. Use 1 to 118 (elements) or 128 and up (minerals).`,
  ),
  QuotaExceeded: forbidden(
    (a) =>
      `${mass(a.wanted)} of ${pair(a)} would originate at facility ${a.facility} in ${a.year}, and its quota leaves ${mass(a.available)}. Ask the registrar for a quota, or state less.`,
  ),
  QuotaBelowUsed: conflict(
    (a) =>
      `${mass(a.used)} originated in that year already, so that its quota cannot become ${mass(a.milligrams)}. Grant at least ${mass(a.used)}.`,
  ),
  MassTooLarge: wrong((a) => `${a.milligrams} mg is above the largest mass, 2^63 - 1 mg. Split the lot.`),

  ...lotRefusals,

  SubjectUnknown: notFound(
    (a) =>
      `No facility, lot or party is ${a.subject}. Name a facility id, a lot id, or an account padded to 32 bytes.`,
  ),
  SubjectIsOwn: forbidden(
    (a) => `${a.subject} is ${a.auditor}'s own, and nobody attests to that. Let another auditor sign.`,
  ),
  OutcomeUnknown: wrong((a) => `No outcome has the number ${a.outcome}. Take one of ${known(outcomes)}.`),
  ValidityEmpty: wrong(
    (a) =>
      `The attestation would be valid from ${time(a.validFrom)} until ${time(a.validUntil)}, which is no time. Correct the dates.`,
  ),
  AttestationUnknown: notFound(
    (a) => `There is no attestation ${a.attestation}. Its id is that of the attestation statement.`,
  ),
  RevocationNotByAuthor: forbidden(
    (a) => `The attestation is ${a.auditor}'s, not ${a.author}'s. Its auditor or the registrar revokes it.`,
  ),
  RevocationNotEarlier: conflict(
    (a) =>
      `The attestation ends at ${time(a.endsAt)}, and a revocation from ${time(a.effectiveAt)} would not end it earlier. Name an earlier date.`,
  ),

  TailStale: conflict(
    (a) =>
      `The device's log on that subject ends with ${a.expected}, and the observation follows ${a.got}. Read the log's tail, and sign again.`,
  ),
  ReadingsMismatch: wrong(
    (a) =>
      `The observation has the root ${a.root} of ${a.count} readings. Readings have both, an inspection has neither. Correct either.`,
  ),
  PeriodReversed: wrong(
    (a) => `The observation would last from ${time(a.from)} until ${time(a.until)}. Correct the times.`,
  ),

  AccessControlUnauthorizedAccount: forbidden(
    (a) => `${a.account} does not have the role ${a.neededRole}. Use the key of an account that has it.`,
  ),
  AccessControlBadConfirmation: forbidden(
    () => 'An account renounces only its own role. Name the account that sends.',
  ),
  InvalidShortString: wrong(
    () =>
      "The name or version of the ledger's signing domain is not a short string. Deploy the published contract.",
  ),
  StringTooLong: wrong((a) => `"${a.str}" is too long for a short string. Deploy the published contract.`),
} as const satisfies Record<string, RefusalRow>;

export type LedgerError = keyof typeof refusalRows;
