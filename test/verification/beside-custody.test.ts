import { expect, test } from 'vitest';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { History } from '../../src/provenance/history.ts';
import { certificateJson } from '../../src/verification/certificate.ts';
import { certificateOf, cobalt, ruleOf } from './story.ts';

const id = (digits: string): Hex => `0x${digits.repeat(64 / digits.length)}`;
const account = (digits: string): Hex => `0x${digits.repeat(40 / digits.length)}`;

/** The story in which everything is in order, and which meets the policy, with this beside it. */
function history(beside: (history: History) => Partial<History>): History {
  const plain = cobalt().history();
  return { ...plain, ...beside(plain) };
}
const made = (of: History): Hex => of.lots.get(of.lot)?.production as Hex;
const correctionOf = (production: Hex) => ({
  id: id('c0'),
  production,
  author: account('a1'),
  restored: [],
  occurredAt: 31 * 86_400,
  recordedAt: 32 * 86_400,
  evidence: id('e0'),
});
const voided = (of: History) => ({
  state: { ...of.state, status: 'void' as const },
  corrections: [correctionOf(made(of))],
  disclosed: new Map([...of.disclosed, [id('e0'), { reason: 'A zero too many' }]]),
});

test('a lot that meets a policy meets none once it is void, and says so before anything else', () => {
  expect(certificateOf(cobalt().history()).verdict).toBe('meets');
  const certificate = certificateOf(history(voided));
  expect(certificateJson.parse(certificate)).toEqual(certificate);
  expect([certificate.verdict, certificate.lot.status]).toEqual(['does not meet', 'void']);
  expect(certificate.sentence).toMatch(/is void since \d{4}-\d\d-\d\d: what made it was corrected\./);
  expect(certificate.rules[0]).toMatchObject({ id: 'lot-stands', answer: 'does not meet' });
  expect(certificate.findings[0]).toMatchObject({ rule: 'lot-stands', severity: 'breach' });
  expect(certificate.corrections).toMatchObject([
    { effect: 'void', reason: 'A zero too many', signedBy: null },
  ]);
});

test('a void lot whose history is not whole is void all the same', () => {
  const certificate = certificateOf(history((of) => ({ ...voided(of), productions: new Map() })));
  expect(certificate.verdict).toBe('does not meet');
});

test('a step of the ancestry that was undone and done again is shown, and changes no answer', () => {
  const certificate = certificateOf(history(() => ({ corrections: [correctionOf(id('0f'))] })));
  expect(certificate.verdict).toBe('meets');
  expect(ruleOf(certificate, 'lot-stands')).toBeUndefined();
  expect(certificate.corrections).toMatchObject([{ effect: 'restored', reason: null }]);
});

test('observations are counted at the step that they are of, each once, and change no answer', () => {
  const seen = (subject: Hex, device: string, count: number, from: number) => ({
    id: id(`${device}${count}`),
    observer: account('b2'),
    device: account(device),
    subject,
    count,
    from,
    until: from + 60,
    recordedAt: from + 120,
    evidence: ZERO_BYTES32,
  });
  const { dispatch } = cobalt().leg;
  const certificate = certificateOf(
    history((of) => ({
      observations: [
        seen(dispatch, 'd1', 10, 1_000),
        seen(dispatch, 'd1', 20, 2_000),
        seen(dispatch, 'd2', 0, 500),
        seen(made(of), 'd1', 5, 3_000),
        seen(of.lot, 'd1', 6, 4_000),
      ],
    })),
  );
  const observed = certificate.custody.flatMap((step) => (step.observed ? [[step.kind, step.observed]] : []));
  expect(observed).toMatchObject([
    ['leg', { devices: 2, observations: 3, readings: 30, inspections: 1, from: 500, until: 2_060 }],
    ['production', { devices: 1, observations: 2, readings: 11, inspections: 0, from: 3_000, until: 4_060 }],
  ]);
  expect(certificate.verdict).toBe('meets');
});

test('who signed is named where it was a delegate, at the very step', () => {
  const certificate = certificateOf(history((of) => ({ delegates: new Map([[made(of), account('d1')]]) })));
  const signed = certificate.custody.map((step) => [step.statement, step.signedBy]);
  expect(signed.filter(([, by]) => by !== null)).toEqual([[made(history(() => ({}))), account('d1')]]);
});
