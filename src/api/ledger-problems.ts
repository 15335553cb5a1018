import { keyProblems } from './problems/key-problems.ts';
import type { LedgerProblem } from './problems/ledger-problem.ts';
import { lotProblems } from './problems/lot-problems.ts';
import { observationProblems } from './problems/observation-problems.ts';

/** What the ledger may say to a statement, in the order in which the contract's interfaces list it. */
export const ledgerProblems = {
  'party-unknown': {
    title: 'The author is not a party',
    cause: 'The registrar never admitted the account that the statement names.',
    remedy: 'Ask the registrar for admission, then send the statement again.',
  },
  'party-is-suspended': {
    title: 'The party is suspended',
    cause:
      'The registrar suspended the author, or the consignee. A suspended party can only refuse, recall, revoke, end ' +
      'delegations and object to a proposed key.',
    remedy: 'Ask the registrar for reinstatement, then send the statement again.',
  },
  'signature-invalid': {
    title: "The signature is not the author's",
    cause:
      "The signature over this statement, in this ledger's EIP-712 domain, is that of neither the author's present key " +
      'nor a delegate of it; or, for an observation, not that of the device that it names.',
    remedy:
      'Take domain and types from /v1/protocol, check chainId and verifyingContract, and sign with the key that ' +
      "/v1/parties/{party} names. A party's key can be another account than the party.",
  },
  'statement-expired': {
    title: 'The statement had to be recorded earlier',
    cause: 'Its recordBy has passed.',
    remedy: 'Sign it again with a later recordBy.',
  },
  'statement-already-recorded': {
    title: 'The statement is recorded',
    cause: 'The same statement took effect before.',
    remedy: 'Nothing: read it at /v1/statements/{id}.',
  },
  'statement-empty': {
    title: 'The statement lists nothing to act on',
    cause: 'A dispatch or a receipt without lots, or an inspection without evidence.',
    remedy: 'Name at least one lot; give an inspection its evidence.',
  },
  'auditor-not-accredited': {
    title: 'The auditor is not accredited for the scheme',
    cause: 'The accreditor did not accredit the auditor for exactly that scheme, or withdrew it.',
    remedy: 'Check the spelling of the scheme; ask the accreditor.',
  },
  'account-is-zero': {
    title: 'The zero address signs nothing',
    cause: 'A delegate, a device or a new key is the zero address.',
    remedy: 'Name the account that will sign.',
  },
  'witness-mismatch': {
    title: 'The ledger has no statement with that id, or the one presented is another',
    cause:
      'A receipt names a dispatch, a correction a production, a revocation an attestation; nobody here knows the one ' +
      'named, or what came beside the statement does not hash to it.',
    remedy: 'Check the id. Leave the witness out: this server presents what it knows.',
  },
  'scheme-malformed': {
    title: 'Not a name of a scheme',
    cause: 'A scheme is at most 64 characters of printable ASCII.',
    remedy: 'Spell it as the accreditor does.',
  },
  'scheme-empty': {
    title: 'The scheme has no name',
    cause: 'scheme is empty.',
    remedy: 'Name the scheme.',
  },
  ...keyProblems,

  'facility-unknown': {
    title: 'The ledger has no such facility',
    cause: 'No recorded registration has that id.',
    remedy: 'Register the facility first; its id is the id of that statement.',
  },
  'facility-not-operated-by': {
    title: "The facility is another party's",
    cause: 'The operator of the facility is not the party that the statement needs there.',
    remedy: "Name a facility of the author (from, or a production's), and of the consignee (to).",
  },
  'facility-kind-unknown': {
    title: 'No such kind of facility',
    cause: 'kind is not in the table.',
    remedy: 'Take a number from /v1/protocol, facilityKinds.',
  },
  'country-unknown': {
    title: 'Not a country number',
    cause: 'country is not between 1 and 999.',
    remedy: 'Use the ISO 3166-1 numeric code.',
  },
  'material-unknown': {
    title: 'No such material',
    cause: 'Numbers are 1 to 118 (elements) and 128 to 255 (minerals).',
    remedy: 'Take a number from /v1/protocol, materials.',
  },
  'quota-exceeded': {
    title: 'The quota does not allow it',
    cause: 'More would originate at the facility in that year than the registrar granted.',
    remedy:
      'Ask the registrar for a quota, or state less. Stock of unknown origin is declared, and needs no quota.',
  },
  'mass-too-large': {
    title: 'The mass is too large',
    cause: 'Masses are at most 2⁶³ − 1 milligrams.',
    remedy: 'Split the lot.',
  },
  ...lotProblems,
  ...observationProblems,

  'subject-unknown': {
    title: 'The subject is not on the ledger',
    cause: 'No facility, lot or party has that id.',
    remedy: 'Name a facility id, a lot id, or an account padded to 32 bytes.',
  },
  'subject-is-own': {
    title: 'Nobody attests to what is its own',
    cause: 'The auditor is the subject, operates it or holds it.',
    remedy: 'Let another auditor sign.',
  },
  'outcome-unknown': {
    title: 'No such outcome',
    cause: 'outcome is not in the table.',
    remedy: 'Take a number from /v1/protocol, outcomes.',
  },
  'validity-empty': {
    title: 'The attestation would end before it starts',
    cause: 'validUntil is not after validFrom.',
    remedy: 'Correct the dates.',
  },
  'attestation-unknown': {
    title: 'The ledger has no such attestation',
    cause: 'No recorded or accepted attestation has that id.',
    remedy: 'Check the id: it is the id of the attestation statement.',
  },
  'revocation-not-by-author': {
    title: "The attestation is another auditor's",
    cause: 'Only its auditor or the registrar revokes an attestation.',
    remedy: 'Let the auditor sign.',
  },
  'revocation-not-earlier': {
    title: 'A revocation makes the end earlier',
    cause: "effectiveAt is not before the attestation's present end.",
    remedy: 'Name an earlier date, or leave the attestation as it is.',
  },
  'out-of-gas': {
    title: 'The statement is too large for one transaction',
    cause: 'It needs more than 16,777,216 gas.',
    remedy: 'Split it: fewer lots per statement.',
  },
  'gas-too-low': {
    title: 'The gas did not reach to judge the statement',
    cause: "Asking the author's smart account (ERC-1271) needs more gas than one transaction has left.",
    remedy: 'Split the statement: fewer lots per statement leave more for the account.',
  },
  'encoding-not-canonical': {
    title: 'The call is not encoded as the ABI standard says',
    cause: 'The contract reads statements word for word, and takes the standard encoding alone.',
    remedy: 'Tell the operator of this server: it encoded the call.',
  },
  'contract-panic': {
    title: "The ledger's arithmetic failed",
    cause: 'The contract stopped where it never should.',
    remedy: 'Tell the operator of this server.',
  },
  reverted: {
    title: 'The ledger refused for a reason unknown here',
    cause: 'The contract answered with an error that this version does not know.',
    remedy: 'Tell the operator of this server.',
  },
} as const satisfies Record<string, LedgerProblem>;

export type LedgerCode = keyof typeof ledgerProblems;
