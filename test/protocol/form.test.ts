import { describe, expect, test } from 'vitest';
import { formProblems, schemeProblems } from '../../src/protocol/form.ts';
import { type Hex, ZERO_ACCOUNT, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import type { Statement, StatementType, Struct } from '../../src/protocol/statements.ts';

const word = (byte: string): Hex => `0x${byte.repeat(32)}`;
const account = (byte: string): Hex => `0x${byte.repeat(20)}`;

const valid = {
  Observation: {
    observer: account('11'),
    device: account('22'),
    subject: word('33'),
    previous: ZERO_BYTES32,
    root: word('44'),
    count: 5,
    from: 100,
    until: 100,
    evidence: ZERO_BYTES32,
    recordBy: 200,
  },
  Attestation: {
    auditor: account('11'),
    subject: word('33'),
    scheme: 'RMAP',
    outcome: 1,
    validFrom: 1,
    validUntil: 2,
    evidence: ZERO_BYTES32,
    recordBy: 200,
  },
  Delegation: {
    party: account('11'),
    delegate: account('22'),
    scope: 32,
    validUntil: 300,
    issuedAt: 100,
    recordBy: 200,
  },
  KeyReplacement: { party: account('11'), key: account('22'), number: 2, recordBy: 200 },
} as const satisfies { [T in StatementType]?: Struct<T> };

type Checked = keyof typeof valid;

function problemsOf(type: Checked, change: object): string[] {
  const statement = { type, message: { ...valid[type], ...change } } as Statement;
  return formProblems(statement).map(({ code, path }) => `${path}: ${code}`);
}

describe('the form of statements', () => {
  const accepted: [string, Checked, object][] = [
    ['readings', 'Observation', {}],
    ['an inspection', 'Observation', { root: ZERO_BYTES32, count: 0, evidence: word('55') }],
    ['readings with evidence', 'Observation', { evidence: word('55') }],
    ['a delegation', 'Delegation', {}],
    ['one of everything', 'Delegation', { scope: 255 }],
    ['the end of one', 'Delegation', { scope: 0, validUntil: 0 }],
    ['another key', 'KeyReplacement', {}],
    ['a scheme with spaces and signs', 'Attestation', { scheme: 'ISO/IEC 17025: assay ~' }],
  ];
  test.each(accepted)('%s is in form', (_, type, change) => {
    expect(problemsOf(type, change)).toEqual([]);
  });

  const refused: [string, Checked, object, string[]][] = [
    [
      'neither readings nor evidence',
      'Observation',
      { root: ZERO_BYTES32, count: 0 },
      ['evidence: statement-empty'],
    ],
    ['a root of no readings', 'Observation', { count: 0 }, ['count: readings-mismatch']],
    [
      'readings without a root',
      'Observation',
      { root: ZERO_BYTES32, evidence: word('55') },
      ['count: readings-mismatch'],
    ],
    ['an end before the start', 'Observation', { from: 101 }, ['until: period-reversed']],
    ['a delegation of nothing', 'Delegation', { scope: 0 }, ['scope: scope-unknown']],
    ['an unknown bit', 'Delegation', { scope: 256 }, ['scope: scope-unknown']],
    ['an unknown bit that ends', 'Delegation', { scope: 256, validUntil: 0 }, ['scope: scope-unknown']],
    ['a delegation to nobody', 'Delegation', { delegate: ZERO_ACCOUNT }, ['delegate: account-is-zero']],
    ['no key', 'KeyReplacement', { key: ZERO_ACCOUNT }, ['key: account-is-zero']],
    ['no scheme', 'Attestation', { scheme: '' }, ['scheme: scheme-empty']],
    ['a scheme that reads like another', 'Attestation', { scheme: 'RМAP' }, ['scheme: scheme-malformed']],
  ];
  test.each(refused)('%s is not', (_, type, change, problems) => {
    expect(problemsOf(type, change)).toEqual(problems);
  });
});

describe('names of schemes', () => {
  test.each(['R', ' ', '~', 'x'.repeat(64)])('%j is one', (scheme) => {
    expect(schemeProblems(scheme)).toEqual([]);
  });

  test.each(['x'.repeat(65), 'a\nb', 'a\n', '\u001f', '\u007f', 'é', '鈷', '\ud800', 'a\0'])(
    '%j is none',
    (scheme) => {
      expect(schemeProblems(scheme)).toMatchObject([{ code: 'scheme-malformed', path: 'scheme' }]);
    },
  );
});
