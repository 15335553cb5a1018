import type { LedgerProblem } from './ledger-problem.ts';

/** What the ledger may say of lots, and of the statements that make and move them. */
export const lotProblems = {
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
  'lot-is-void': {
    title: 'The lot is void',
    cause: 'The production that made the lot was corrected: the lot never was what it says.',
    remedy:
      'Read /v1/lots/{lot}: production.correctedBy is the correction. Name what was registered in its place.',
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
  'production-unknown': {
    title: 'The ledger has no such production',
    cause: 'No recorded or accepted production has that id.',
    remedy: 'Check the id: it is the id of the production statement, which each lot names at /v1/lots/{lot}.',
  },
  'production-is-corrected': {
    title: 'The production was corrected before',
    cause: 'A production is corrected once.',
    remedy: 'Nothing: its lots are void, and what went in is held again.',
  },
  'correction-not-by-author': {
    title: "The production is another party's",
    cause: 'Only the custodian that stated a production corrects it.',
    remedy: 'Let that party sign, or its delegate with the scope correction.',
  },
  'output-moved': {
    title: 'What was made has moved',
    cause:
      'A lot that the production made was spent, or has left its birthplace: what came of it would hang in the air.',
    remedy:
      'Book the difference: reweigh what is less, declare what is more. Or correct what spent the lot first.',
  },
} as const satisfies Record<string, LedgerProblem>;
