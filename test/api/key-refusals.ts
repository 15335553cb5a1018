import { type Hex, ZERO_ACCOUNT, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Struct } from '../../src/protocol/statements.ts';
import type { Account } from '../support/accounts.ts';
import {
  correction,
  delegation,
  keyObjection,
  keyReplacement,
  observation,
} from '../support/key-statements.ts';
import { output, production, seconds } from '../support/statements.ts';
import { by, DAY, forged, late, mined, rows, someId } from './refusal-makers.ts';
import { cobalt, GRAM, type Story } from './story.ts';

const corrected =
  (production: (s: Story) => Hex, fields: Partial<Struct<'Correction'>> = {}, who = (s: Story) => s.miner) =>
  (s: Story) =>
    by(who(s), correction(who(s).address, production(s), fields));

export const corrections = rows([
  ['of nothing', 'production-unknown', 404, corrected(() => someId())],
  ['of what is no production', 'production-unknown', 404, corrected((s) => s.shipped)],
  [
    'by another',
    'correction-not-by-author',
    403,
    corrected(
      (s) => s.origin,
      {},
      (s) => s.smelter,
    ),
  ],
  ['of what has moved', 'output-moved', 409, corrected((s) => s.origin)],
  ['for the second time', 'production-is-corrected', 409, corrected((s) => s.undone)],
  ['tomorrow', 'occurred-in-future', 422, corrected((s) => s.spare, { occurredAt: seconds() + DAY })],
  [
    'before what it corrects',
    'occurred-before-lot',
    422,
    corrected((s) => s.spare, { occurredAt: seconds() - 2 * DAY }),
  ],
  [
    'births that are too many',
    'births-missing',
    422,
    (s) => ({
      ...corrected((s) => s.spare)(s),
      more: {
        births: [s.held].map(({ production, index, output }) => ({
          production,
          index,
          output: { ...output, milligrams: String(output.milligrams), content: [] },
        })),
      },
    }),
  ],
  ['a forged signature', 'signature-invalid', 403, forged(corrected((s) => s.spare))],
  ['a recordBy that passed', 'statement-expired', 422, corrected((s) => s.spare, late)],
]);

/** What was made of a void lot. */
export const ofTheVoid = rows([
  [
    'a split of a void lot',
    'lot-is-void',
    409,
    (s) =>
      by(
        s.miner,
        production({ custodian: s.miner.address, facility: s.mine }, [output(GRAM, [cobalt(1n)])], {
          process: 'split',
          inputs: [s.voided],
        }),
      ),
  ],
]);

const seen =
  (fields: Partial<Struct<'Observation'>> = {}, device = (s: Story): Account => s.miner) =>
  (s: Story) =>
    by(
      device(s),
      observation({ observer: s.miner.address, device: device(s).address, subject: s.shipped }, fields),
    );

export const observations = rows([
  ['neither readings nor evidence', 'statement-empty', 422, seen({ root: ZERO_BYTES32, count: 0 })],
  ['a root without a count', 'readings-mismatch', 422, seen({ count: 0 })],
  ['a count without a root', 'readings-mismatch', 422, seen({ root: ZERO_BYTES32, evidence: someId() })],
  ['an end before its start', 'period-reversed', 422, seen({ from: seconds() + 1, until: seconds() })],
  ['tomorrow', 'occurred-in-future', 422, seen({ until: seconds() + DAY })],
  ['another previous', 'tail-stale', 409, seen({ previous: someId() })],
  ['a device that is no delegate', 'delegation-ended', 403, seen({}, (s) => s.stranger)],
  ['a delegate for other statements', 'delegation-out-of-scope', 403, seen({}, (s) => s.phone)],
  ['a forged signature', 'signature-invalid', 403, forged(seen())],
]);

/** 1 g mined, signed by another than the miner. */
const signedBy = (signer: (s: Story) => Account) => (s: Story) => ({ ...mined()(s), signer: signer(s) });

const delegated =
  (fields: Partial<Struct<'Delegation'>> = {}) =>
  (s: Story) =>
    by(s.miner, delegation(s.miner.address, s.phone.address, fields));

export const delegations = rows([
  ['of nothing', 'scope-unknown', 422, delegated({ scope: 0 })],
  ['of what there is not', 'scope-unknown', 422, delegated({ scope: 256 })],
  ['to nobody', 'account-is-zero', 422, delegated({ delegate: ZERO_ACCOUNT })],
  ['not later than the last', 'delegation-not-later', 409, delegated({ issuedAt: seconds() - DAY })],
  ['tomorrow', 'occurred-in-future', 422, delegated({ issuedAt: seconds() + DAY })],
  ['by a delegate', 'signature-invalid', 403, (s) => ({ ...delegated()(s), signer: s.phone })],
  ['that was ended', 'delegation-ended', 403, signedBy((s) => s.dismissed)],
  ['that is for something else', 'delegation-out-of-scope', 403, signedBy((s) => s.phone)],
  [
    'of a suspended party',
    'party-is-suspended',
    403,
    (s) => by(s.suspended, delegation(s.suspended.address, s.phone.address)),
  ],
]);

const replaced =
  (fields: Partial<Struct<'KeyReplacement'>> = {}) =>
  (s: Story) => {
    const { type, message } = keyReplacement(s.miner.address, s.stranger.address);
    return by(s.miner, { type, message: { ...message, ...fields } });
  };

export const keys = rows([
  ['by nobody’s key', 'account-is-zero', 422, replaced({ key: ZERO_ACCOUNT })],
  ['by the same key', 'key-unchanged', 409, (s) => replaced({ key: s.miner.address })(s)],
  ['with a number that is too low', 'key-number-stale', 409, replaced({ number: 1 })],
  ['with a number that is too high', 'key-number-stale', 409, replaced({ number: 3 })],
  ['by a delegate', 'signature-invalid', 403, (s) => ({ ...replaced()(s), signer: s.phone })],
  [
    'an objection to nothing',
    'key-proposal-unknown',
    404,
    (s) => by(s.miner, keyObjection(s.miner.address, s.stranger.address, seconds())),
  ],
]);
