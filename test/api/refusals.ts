import { facilityKinds } from '../../src/protocol/codes.ts';
import { partySubject } from '../../src/protocol/hex.ts';
import { facilityRegistration, output, seconds } from '../support/statements.ts';
import {
  arrived,
  attested,
  blended,
  by,
  DAY,
  forged,
  head,
  late,
  mined,
  paper,
  registration,
  revoked,
  rows,
  sent,
  someId,
  weighed,
  withMessage,
} from './refusal-makers.ts';
import { cobalt, GRAM } from './story.ts';

export const registrations = rows([
  ['a kind that does not exist', 'facility-kind-unknown', 422, registration({ kind: 8 })],
  ['no country', 'country-unknown', 422, registration({ country: 0 })],
  ['a country above 999', 'country-unknown', 422, registration({ country: 1_000 })],
  [
    'an operator who is no party',
    'party-unknown',
    403,
    (s) => by(s.stranger, facilityRegistration(s.stranger.address)),
  ],
  [
    'a suspended operator',
    'party-is-suspended',
    403,
    (s) => by(s.suspended, facilityRegistration(s.suspended.address)),
  ],
  ['a forged signature', 'signature-invalid', 403, forged(registration({ kind: facilityKinds.storage }))],
  ['a recordBy that passed', 'statement-expired', 422, registration(late)],
  [
    'a recordBy in more than 90 days',
    'record-by-too-far',
    422,
    registration({ recordBy: seconds() + 91 * DAY }),
  ],
]);

export const productions = rows([
  ['no such process', 'process-unknown', 422, (s) => withMessage(mined()(s), { process: 14 })],
  ['no such custody model', 'custody-model-unknown', 422, mined({ custodyModel: 6 })],
  ['an origin with inputs', 'process-inputs-mismatch', 422, (s) => mined({ inputs: [head(s.held)] })(s)],
  ['a blend of nothing', 'process-inputs-mismatch', 422, mined({ process: 'blend' })],
  ['an origin of nothing', 'process-outputs-mismatch', 422, mined({}, [])],
  ['retiring with outputs', 'process-outputs-mismatch', 422, blended(() => ({ process: 'retire' }))],
  ['no commodity', 'commodity-unknown', 422, mined({}, [output(GRAM, [], 0)])],
  ['an output without mass', 'mass-zero', 422, mined({}, [output(0n)])],
  [
    'a material that does not exist',
    'material-unknown',
    422,
    mined({}, [output(GRAM, [{ ...cobalt(1n), material: 119 }])]),
  ],
  ['a content of zero', 'content-zero', 422, mined({}, [output(GRAM, [cobalt(0n)])])],
  [
    'unsorted content',
    'content-unsorted',
    422,
    mined({}, [output(GRAM, [{ ...cobalt(1n), material: 28 }, cobalt(1n)])]),
  ],
  ['a pair twice', 'content-unsorted', 422, mined({}, [output(GRAM, [cobalt(1n), cobalt(1n)])])],
  ['more content than mass', 'content-exceeds-mass', 422, mined({}, [output(1n, [cobalt(2n)])])],
  ['recycled from a mine', 'origin-recycled-mismatch', 422, mined({}, [output(GRAM, [cobalt(1n, true)])])],
  [
    'collection at a mine',
    'origin-not-at-this-facility',
    422,
    mined({ process: 'collect' }, [output(GRAM, [cobalt(1n, true)])]),
  ],
  ['more than the quota', 'quota-exceeded', 403, mined({}, [output(5_000n * GRAM, [cobalt(2_000n * GRAM)])])],
  [
    'a material without quota',
    'quota-exceeded',
    403,
    mined({}, [output(GRAM, [{ ...cobalt(1n), material: 29 }])]),
  ],
  ["another party's facility", 'facility-not-operated-by', 403, (s) => mined({ facility: s.plant })(s)],
  ['a facility that does not exist', 'facility-unknown', 404, mined({ facility: someId() })],
  [
    'a custodian who is no party',
    'party-unknown',
    403,
    (s) => by(s.stranger, withMessage(mined()(s), { custodian: s.stranger.address }).statement),
  ],
  [
    'a suspended custodian',
    'party-is-suspended',
    403,
    (s) => by(s.suspended, withMessage(mined()(s), { custodian: s.suspended.address }).statement),
  ],
  ['a forged signature', 'signature-invalid', 403, forged(mined())],
  ['a recordBy that passed', 'statement-expired', 422, mined(late)],
  ['tomorrow', 'occurred-in-future', 422, mined({ occurredAt: seconds() + DAY })],
  ['91 days ago', 'occurred-too-long-ago', 422, mined({ occurredAt: seconds() - 91 * DAY })],
  [
    "before the input's last event",
    'occurred-before-lot',
    422,
    blended(() => ({ occurredAt: seconds() - 2 * DAY })),
  ],
  ['an unknown input', 'lot-unknown', 404, blended(() => ({ inputs: [{ lot: someId(), head: someId() }] }))],
  ['an input twice', 'lot-listed-twice', 422, blended((s) => ({ inputs: [head(s.held), head(s.held)] }))],
  ['a stale head', 'head-stale', 409, blended((s) => ({ inputs: [{ lot: s.held.lot, head: someId() }] }))],
  ['a lot that is spent', 'lot-is-spent', 409, blended((s) => ({ inputs: [head(s.spent)] }))],
  ['a lot in transit', 'lot-is-in-transit', 409, blended((s) => ({ inputs: [head(s.moving)] }))],
  ["another party's lot", 'lot-not-held-by', 403, blended((s) => ({ inputs: [head(s.received)] }))],
  ['more out than in', 'more-out-than-in', 422, blended(() => ({}), [cobalt(GRAM + 1n)])],
  [
    'a material that did not go in',
    'more-out-than-in',
    422,
    blended(() => ({}), [{ ...cobalt(1n), material: 28 }]),
  ],
  [
    'recycled from primary, not at a recycler',
    'more-out-than-in',
    422,
    blended(() => ({}), [cobalt(1n, true)]),
  ],
  [
    'births that are too few',
    'births-missing',
    422,
    (s) => ({ ...blended(() => ({}))(s), more: { births: [] } }),
  ],
  [
    'evidence that it does not name',
    'evidence-mismatch',
    422,
    (s) => ({ ...mined()(s), more: { evidence: [paper] } }),
  ],
]);

export const dispatches = rows([
  ['no such mode', 'transport-mode-unknown', 422, sent(() => ({ mode: 10 }))],
  ['no lots', 'statement-empty', 422, sent(() => ({ lots: [] }))],
  ['a lot twice', 'lot-listed-twice', 422, sent((s) => ({ lots: [head(s.held), head(s.held)] }))],
  ['an unknown lot', 'lot-unknown', 404, sent(() => ({ lots: [{ lot: someId(), head: someId() }] }))],
  ['a stale head', 'head-stale', 409, sent((s) => ({ lots: [{ lot: s.held.lot, head: someId() }] }))],
  ['a lot that is spent', 'lot-is-spent', 409, sent((s) => ({ lots: [head(s.spent)] }))],
  ['a lot in transit', 'lot-is-in-transit', 409, sent((s) => ({ lots: [head(s.moving)] }))],
  ["another party's lot", 'lot-not-held-by', 403, sent((s) => ({ lots: [head(s.received)] }))],
  ['from a facility of another', 'facility-not-operated-by', 403, sent((s) => ({ from: s.plant }))],
  [
    "to a facility that is not the consignee's",
    'facility-not-operated-by',
    403,
    sent((s) => ({ to: s.mine })),
  ],
  ['to an unknown facility', 'facility-unknown', 404, sent(() => ({ to: someId() }))],
  ['to a suspended consignee', 'party-is-suspended', 403, sent((s) => ({ consignee: s.suspended.address }))],
  ['to a stranger', 'party-unknown', 403, sent((s) => ({ consignee: s.stranger.address }))],
  ['a forged signature', 'signature-invalid', 403, forged(sent())],
  ['a recordBy that passed', 'statement-expired', 422, sent(() => late)],
  ['tomorrow', 'occurred-in-future', 422, sent(() => ({ occurredAt: seconds() + DAY }))],
  ['91 days ago', 'occurred-too-long-ago', 422, sent(() => ({ occurredAt: seconds() - 91 * DAY }))],
  [
    "before the lot's last event",
    'occurred-before-lot',
    422,
    sent(() => ({ occurredAt: seconds() - 2 * DAY })),
  ],
]);

export const receipts = rows([
  ['no lots', 'statement-empty', 422, arrived(() => ({ lots: [] }))],
  ['a lot twice', 'lot-listed-twice', 422, arrived((s) => ({ lots: [s.moving, s.moving].map(weighed) }))],
  ['an unknown lot', 'lot-unknown', 404, arrived(() => ({ lots: [weighed({ lot: someId() })] }))],
  ['an unknown dispatch', 'witness-mismatch', 404, arrived(() => ({ dispatch: someId() }))],
  [
    'a lot that was received before',
    'dispatch-not-head',
    409,
    arrived((s) => ({ lots: [weighed(s.received)] })),
  ],
  ['a lot that was never sent', 'dispatch-not-head', 409, arrived((s) => ({ lots: [weighed(s.held)] }))],
  [
    'by a stranger',
    'party-unknown',
    403,
    arrived(
      () => ({}),
      (s) => s.stranger,
    ),
  ],
  [
    'by another party',
    'receipt-not-by-consignee',
    403,
    arrived(
      () => ({}),
      (s) => s.auditor,
    ),
  ],
  [
    'by the consignor',
    'receipt-not-by-consignee',
    403,
    arrived(
      () => ({}),
      (s) => s.miner,
    ),
  ],
  [
    'a recall too early',
    'recall-too-early',
    403,
    arrived(
      () => ({ accepted: false }),
      (s) => s.miner,
    ),
  ],
  ['a forged signature', 'signature-invalid', 403, forged(arrived(() => ({})))],
  ['a recordBy that passed', 'statement-expired', 422, arrived(() => late)],
  ['tomorrow', 'occurred-in-future', 422, arrived(() => ({ occurredAt: seconds() + DAY }))],
  ['91 days ago', 'occurred-too-long-ago', 422, arrived(() => ({ occurredAt: seconds() - 91 * DAY }))],
  ['before the dispatch', 'occurred-before-lot', 422, arrived(() => ({ occurredAt: seconds() - DAY }))],
]);

export const attestations = rows([
  ['no such outcome', 'outcome-unknown', 422, attested(() => ({ outcome: 4 }))],
  ['no scheme', 'scheme-empty', 422, attested(() => ({ scheme: '' }))],
  ['an end before its start', 'validity-empty', 422, attested(() => ({ validUntil: seconds() - 2 * DAY }))],
  ['a scheme without accreditation', 'auditor-not-accredited', 403, attested(() => ({ scheme: 'IRMA' }))],
  [
    'by a party that is no auditor',
    'auditor-not-accredited',
    403,
    attested(
      (s) => ({ subject: s.mine }),
      (s) => s.smelter,
    ),
  ],
  [
    'by a stranger',
    'party-unknown',
    403,
    attested(
      () => ({}),
      (s) => s.stranger,
    ),
  ],
  [
    'by a suspended party',
    'party-is-suspended',
    403,
    attested(
      () => ({}),
      (s) => s.suspended,
    ),
  ],
  ['of nothing', 'subject-unknown', 404, attested(() => ({ subject: someId() }))],
  ['of itself', 'subject-is-own', 403, attested((s) => ({ subject: partySubject(s.auditor.address) }))],
  ['a forged signature', 'signature-invalid', 403, forged(attested(() => ({})))],
  ['a recordBy that passed', 'statement-expired', 422, attested(() => late)],
]);

export const revocations = rows([
  ['of nothing', 'attestation-unknown', 404, revoked(() => ({ attestation: someId() }))],
  [
    'by another',
    'revocation-not-by-author',
    403,
    revoked(
      () => ({}),
      (s) => s.miner,
    ),
  ],
  ['not earlier', 'revocation-not-earlier', 409, revoked(() => ({ effectiveAt: seconds() + 800 * DAY }))],
  ['a forged signature', 'signature-invalid', 403, forged(revoked(() => ({})))],
  ['a recordBy that passed', 'statement-expired', 422, revoked(() => late)],
]);
