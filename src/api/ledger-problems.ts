/** A refusal of the ledger, explained to people. The codes are the contract's errors in kebab-case. */
type LedgerProblem = { readonly title: string; readonly cause: string; readonly remedy: string };

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
      'The registrar suspended the author, or the consignee. A suspended party can only refuse, recall and revoke.',
    remedy: 'Ask the registrar for reinstatement, then send the statement again.',
  },
  'signature-invalid': {
    title: "The signature is not the author's",
    cause:
      "The signature over this statement, in this ledger's EIP-712 domain, does not recover to the author's key.",
    remedy:
      "Take domain and types from /v1/protocol, check chainId and verifyingContract, and sign with the author's key.",
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
    cause: 'A dispatch or a receipt without lots.',
    remedy: 'Name at least one lot.',
  },
  'auditor-not-accredited': {
    title: 'The auditor is not accredited for the scheme',
    cause: 'The accreditor did not accredit the auditor for exactly that scheme, or withdrew it.',
    remedy: 'Check the spelling of the scheme; ask the accreditor.',
  },
  'scheme-empty': {
    title: 'The scheme has no name',
    cause: 'scheme is empty.',
    remedy: 'Name the scheme.',
  },
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
  'lot-unknown': {
    title: 'The ledger has no such lot',
    cause: 'No accepted production gave birth to a lot with that id.',
    remedy: 'Check the id; send the production that makes it first.',
  },
  'lot-is-spent': {
    title: 'The lot was used up',
    cause: 'A production took it as an input.',
    remedy: 'Read /v1/lots/{lot}/history: it says which production.',
  },
  'lot-is-in-transit': {
    title: 'The lot is in transit',
    cause: 'A dispatch moved it, and nobody received, refused or recalled it yet.',
    remedy: 'Wait for the receipt, or recall the lot.',
  },
  'lot-not-held-by': {
    title: 'Another party holds the lot',
    cause: "The author is not the lot's custodian.",
    remedy: 'Only the custodian dispatches and uses a lot: read /v1/lots/{lot}.',
  },
  'head-stale': {
    title: 'The lot has moved on',
    cause: 'Another statement touched the lot since the head that this one names.',
    remedy: 'Read the present head at /v1/lots/{lot}, and sign again.',
  },
  'lot-listed-twice': {
    title: 'A lot is named twice',
    cause: 'A statement names each lot once.',
    remedy: 'Remove the second entry.',
  },
  'births-missing': {
    title: 'Births are missing',
    cause: 'A production needs the birth of each input.',
    remedy: 'Leave out births, or give one per input, in order.',
  },
  'birth-mismatch': {
    title: "The birth is not that lot's",
    cause: "A given birth does not hash to the input's lot id.",
    remedy: 'Leave out births, or give production, index and output exactly as recorded.',
  },
  'process-unknown': {
    title: 'No such process',
    cause: 'process is not in the table.',
    remedy: 'Take a number from /v1/protocol, processes.',
  },
  'custody-model-unknown': {
    title: 'No such model of custody',
    cause: 'custodyModel is not in the table.',
    remedy: 'Take a number from /v1/protocol, custodyModels.',
  },
  'transport-mode-unknown': {
    title: 'No such mode of transport',
    cause: 'mode is not in the table.',
    remedy: 'Take a number from /v1/protocol, transportModes.',
  },
  'commodity-unknown': {
    title: 'Not an HS code',
    cause: 'commodity is not between 1 and 999999.',
    remedy: 'Use the six-digit HS code as a number.',
  },
  'process-inputs-mismatch': {
    title: 'The process and the inputs contradict each other',
    cause: 'Extract, collect and declare have no inputs; every other process has some.',
    remedy: 'Correct the process or the inputs.',
  },
  'process-outputs-mismatch': {
    title: 'The process and the outputs contradict each other',
    cause: 'Retire has no outputs; every other process has some.',
    remedy: 'Correct the process or the outputs.',
  },
  'origin-not-at-this-facility': {
    title: 'This does not originate at such a facility',
    cause: 'Extraction happens at mines, collection at recyclers.',
    remedy: 'Name the facility where it happened, or declare the stock.',
  },
  'origin-recycled-mismatch': {
    title: 'Primary and recycled are mixed up',
    cause: 'What is mined or declared is primary, what is collected is recycled.',
    remedy: 'Correct recycled.',
  },
  'mass-zero': {
    title: 'A lot has a mass',
    cause: 'An output of zero milligrams.',
    remedy: 'Leave the output out, or weigh it.',
  },
  'content-unsorted': {
    title: 'The content is not sorted',
    cause: 'Content is sorted by material, primary before recycled, each pair once.',
    remedy: 'Sort it, and add up what stands twice.',
  },
  'content-zero': {
    title: 'What is not there is not listed',
    cause: 'A content entry of zero milligrams.',
    remedy: 'Remove the entry.',
  },
  'content-exceeds-mass': {
    title: 'There is more content than mass',
    cause: "The sum of the content is above the lot's net mass.",
    remedy: 'Correct content or mass: both are milligrams.',
  },
  'more-out-than-in': {
    title: 'More comes out than went in',
    cause: 'Of a material, primary or recycled, the outputs hold more than the inputs.',
    remedy: 'Correct the contents. What was weighed or assayed higher enters as declared stock.',
  },
  'occurred-before-lot': {
    title: "It would have happened before the lot's last event",
    cause: 'occurredAt is earlier than that of the statement that touched the lot last.',
    remedy: 'Correct occurredAt.',
  },
  'occurred-too-long-ago': {
    title: 'It happened too long ago',
    cause: 'occurredAt is more than 90 days before the block.',
    remedy: 'Record events within 90 days.',
  },
  'occurred-in-future': {
    title: 'It has not happened yet',
    cause: 'occurredAt is more than 15 minutes after the block.',
    remedy: 'Check the clock; occurredAt is Unix seconds.',
  },
  'dispatch-not-head': {
    title: 'The lot is not in transit under that dispatch',
    cause: 'It was received, refused or recalled before, or never sent that way.',
    remedy: 'Read /v1/lots/{lot}/history.',
  },
  'dispatch-mismatch': {
    title: 'The ledger has no such dispatch',
    cause: 'No recorded or accepted dispatch has the id that the receipt names.',
    remedy: 'Check the id: it is the id of the dispatch statement.',
  },
  'receipt-not-by-consignee': {
    title: 'The author is not the consignee',
    cause: 'Only the consignee accepts or refuses, and only the consignor recalls.',
    remedy: 'Let the consignee sign.',
  },
  'recall-too-early': {
    title: 'The consignor may not recall yet',
    cause: "The dispatch's recallFrom lies ahead.",
    remedy: 'Wait until recallFrom, or let the consignee refuse.',
  },
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
