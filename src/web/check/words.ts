import type { BundleProblemCode } from '../../verification/bundle/problems.ts';
import type { BundleStep } from '../../verification/bundle/steps.ts';
import type { Certificate } from '../../verification/certificate.ts';
import type { StepState } from './progress.ts';

/** Each step of the check, as whoever looks on is told it. */
export const stepWords: Readonly<Record<BundleStep, string>> = {
  form: 'Read the file, field by field',
  block: 'Compute the hash of its block',
  statements: 'Hash every signed statement',
  state: 'Prove what the ledger held at that block',
  order: 'Check order and times',
  signatures: 'Check every key and signature',
  custody: 'Follow each lot from hand to hand, and weigh what came out against what went in',
  sayings: 'Make sure that nothing said of it was left out',
  parties: 'Check who was admitted and accredited',
  evidence: 'Check each document that is shown',
  certificate: 'Compute the certificate again',
};

export const stateWords: Readonly<Record<StepState, string>> = {
  waiting: 'not yet',
  running: 'under way',
  holds: 'holds',
  fails: 'does not hold',
};

/** What each problem means, in plain words: docs/verification.md has them for those who write verifiers. */
export const problemWords: Readonly<Record<BundleProblemCode, string>> = {
  'bundle-malformed': 'The file does not have the form of a bundle: it is damaged, or no bundle.',
  'block-unexpected': 'It is of another block than the one that was asked for.',
  'ledger-unexpected': 'It is of another ledger than the one that was asked for.',
  'policy-unexpected': 'It is under another policy than its name says.',
  'header-malformed': 'The block’s header is damaged, so that nothing can be proven by it.',
  'node-malformed': 'A part of the proofs is damaged.',
  'proof-missing': 'A proof of what the ledger held is missing or changed.',
  'ledger-absent': 'There is no ledger at that address in that block.',
  'code-unknown': 'The contract at that address is not this ledger.',
  'order-broken': 'Records are out of order, or later than the block.',
  'statement-malformed': 'There is a statement that the ledger would never have taken.',
  'statement-repeated': 'A statement stands there twice.',
  'statement-missing': 'A statement that has to be there was left out or changed.',
  'signature-invalid': 'A statement was not signed by who had to sign it, or was changed since.',
  'key-unproven': 'The keys of a party do not lead to the one that the ledger has.',
  'delegation-unproven': 'The ledger says otherwise about who may sign for a party.',
  'lot-unproven': 'The ledger says otherwise about a lot, or does not have it.',
  'head-broken': 'The history of a lot does not hang together.',
  'custody-broken': 'Somebody acted on a lot that it did not hold.',
  'authority-broken': 'Somebody said what was not its own to say.',
  'conservation-broken': 'More material came out than went in.',
  'time-broken': 'There is a time that the ledger would have refused.',
  'trail-incomplete': 'Something that was said of a site, party or lot was left out, or put in.',
  'tail-incomplete': 'An observation was left out, or put in.',
  'attestation-unproven': 'The ledger says otherwise about an attestation or its end.',
  'accreditation-unproven': 'The ledger says otherwise about what an auditor is accredited for.',
  'party-unproven': 'The ledger says otherwise about a party.',
  'evidence-unproven': 'A field of evidence is not of the document that was signed.',
  'record-unconfirmed': 'The node that was named has no such record.',
  'history-incomplete': 'What is there is not the whole history.',
};

/** The parts of a certificate, where two of them differ. */
export const partWords: Readonly<Record<keyof Certificate, string>> = {
  format: 'its form',
  ledger: 'the ledger',
  asOf: 'the block',
  lot: 'the lot',
  policy: 'the policy',
  verdict: 'the verdict',
  sentence: 'the sentence',
  rules: 'the answers',
  findings: 'the findings',
  origins: 'the origins',
  byCountry: 'the countries of origin',
  materials: 'the materials',
  told: 'the way of telling',
  custody: 'the chain of custody',
  custodyOmitted: 'the steps left out',
  sites: 'the sites',
  corrections: 'the corrections',
  attestations: 'the attestations',
  missing: 'what is missing',
};

/** Everything else that the check says. */
export const words = {
  again: 'Check it again',
  fetching: 'Fetching the proofs',
  received: (size: string) => `${size} received`,
  checking: 'Checking',
  steps: 'Steps of the check',
  holds: 'It holds',
  holdsLead: (verdict: string) =>
    `The certificate, computed again on this device from what is proven, says: ${verdict}.`,
  fails: 'It does not hold',
  failsLead: 'Do not rely on this certificate. What is wrong:',
  at: 'at',
  more: (count: number) => `and ${count} more`,
  broke: 'The check could not be finished',
  brokeLead: 'This says nothing about the certificate. Try again, in another browser if it stays so.',
  notFetched: 'The proofs could not be fetched',
  same: 'The certificate that this server shows is the same, to the last character.',
  told: 'The certificate that this server shows says the same. It tells the long history by site, and the check tells it step by step.',
  block:
    'The certificate that this server shows is of another block, because the ledger moved on in between. Check again to compare the two.',
  otherwiseTitle: 'This server shows something else',
  otherwise: (parts: string) =>
    `The certificate that this server shows is not the one that the proofs give. They differ in: ${parts}. Rely on neither, and tell the operator of this server.`,
  blockTitle: 'The one thing to compare',
  blockLead: (number: number, chain: number) =>
    `All of this hangs on the hash of block ${number} of chain ${chain}. Look that block up with a node or an explorer that you trust: it must have this hash.`,
  blockInput: 'Paste the hash that you found',
  blockSame: 'It is the same hash.',
  blockOther: 'It is another hash: this certificate is not of the chain that you looked at.',
  ledger: 'Ledger',
  policyHash: 'Policy',
  certificateHash: 'Certificate',
  proven: 'What is proven',
  trusted: 'What you still trust',
} as const;
