import { expect, test } from 'vitest';
import { changesBetween, type Seen } from '../../src/web/buyer/seen.ts';

const site = { facility: '0x51', name: 'Plant', kind: null, country: null, operator: '0x01' } as const;
const audit = { attestation: '0xa1', scheme: 'RMAP', outcome: 'conformant', endsAt: 900 } as const;
const alert = { observation: '0x0b', kind: 'alert', status: 'open' } as const;
const gap = { rule: 'audited', title: 'No audit' };

const before: Seen = {
  verdict: 'meets',
  time: 100,
  policy: { id: 'p', version: '1', name: 'P' },
  status: 'held',
  holder: { party: '0x01', legalName: null },
  legs: [{ statement: '0xd1', to: site, outcome: 'accept' }],
  attestations: [audit],
  concerns: [alert],
  corrections: [],
  findings: [],
};

test('what stayed as it was is no change, whatever the time', () => {
  expect(changesBetween(before, { ...before, time: 200 })).toEqual([]);
});

test('a new verdict comes first, with what it rests on', () => {
  const after: Seen = { ...before, verdict: 'not enough evidence', attestations: [], findings: [gap] };
  expect(changesBetween(before, after)).toEqual([
    { kind: 'verdict', from: 'meets', to: 'not enough evidence' },
    { kind: 'ended', attestation: audit },
    { kind: 'found', finding: gap },
  ]);
  expect(changesBetween(after, before)).toEqual([
    { kind: 'verdict', from: 'not enough evidence', to: 'meets' },
    { kind: 'attested', attestation: audit },
    { kind: 'mended', finding: gap },
  ]);
});

test('an attestation that ends sooner has ended; one that ends later has not', () => {
  const ending = (endsAt: number): Seen => ({ ...before, attestations: [{ ...audit, endsAt }] });
  expect(changesBetween(before, ending(899))).toEqual([{ kind: 'ended', attestation: audit }]);
  expect(changesBetween(before, ending(901))).toEqual([]);
});

test('sent and recalled between two looks are both told, though the status is the same', () => {
  const recalled = { statement: '0xd2', to: site, outcome: 'recall' } as const;
  expect(changesBetween(before, { ...before, legs: [...before.legs, recalled] })).toEqual([
    { kind: 'sent', to: site },
    { kind: 'arrived', outcome: 'recall', to: site },
  ]);
  const moving: Seen = { ...before, status: 'in-transit', legs: [{ ...recalled, outcome: null }] };
  expect(changesBetween(moving, { ...moving, legs: [recalled] })).toEqual([
    { kind: 'arrived', outcome: 'recall', to: site },
  ]);
});

test('what was raised, answered and corrected is told, and a new version of the policy', () => {
  const holder = { party: '0x02', legalName: 'B' } as const;
  const concerns = [
    { ...alert, status: 'closed' as const },
    { ...alert, observation: '0x0c' as const },
  ];
  const policy = { ...before.policy, version: '2' };
  const after: Seen = { ...before, status: 'void', holder, concerns, corrections: ['0xc0'], policy };
  expect(changesBetween(before, after).map(({ kind }) => kind)).toEqual([
    ...['version', 'corrected', 'answered', 'raised', 'status', 'holder'],
  ]);
});
