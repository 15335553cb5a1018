import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { AttestationNode } from '../../src/provenance/history.ts';
import { closedAt, standingAt } from '../../src/verification/standing.ts';
import { HistoryBuilder, onDay } from '../provenance/builder.ts';

const site: Hex = `0x${'5'.repeat(64)}`;

/** A ledger of attestations on one site, and what they answer on a day. */
function ledger() {
  const builder = new HistoryBuilder();
  const on = (day: number) => standingAt(builder.attestations, onDay(day)).answer;
  const attest = (
    outcome: AttestationNode['outcome'],
    [from, until]: [number, number],
    change: Partial<AttestationNode> = {},
  ) => builder.attest(site, 'RMAP', { outcome, from, until, ...change });
  return { builder, attest, on };
}

describe('the truth table of attestations', () => {
  test('nothing attested is not enough evidence', () => {
    expect(ledger().on(10)).toBe('not enough evidence');
  });

  test('conformant counts from its first second to before its last', () => {
    const { builder, attest } = ledger();
    attest('conformant', [10, 20]);
    const at = (time: number) => standingAt(builder.attestations, time).answer;
    expect(at(onDay(10) - 1)).toBe('not enough evidence');
    expect(at(onDay(10))).toBe('meets');
    expect(at(onDay(20) - 1)).toBe('meets');
    expect(at(onDay(20))).toBe('not enough evidence');
  });

  test('a revoked attestation counts until the day of its revocation', () => {
    const { builder, attest, on } = ledger();
    builder.revoke(attest('conformant', [10, 20]), 15);
    expect([on(14), on(15)]).toEqual(['meets', 'not enough evidence']);
  });

  test('a non-conformance or alert does not meet from its first second, and does not lapse', () => {
    for (const outcome of ['non-conformant', 'alert'] as const) {
      const { attest, on } = ledger();
      attest('conformant', [0, 100]);
      attest(outcome, [10, 20]);
      expect([on(9), on(10), on(30)]).toEqual(['meets', 'does not meet', 'does not meet']);
    }
  });

  test('its revocation closes it, from the day that the revocation names', () => {
    const { builder, attest, on } = ledger();
    builder.revoke(attest('alert', [10, 100]), 15);
    expect([on(14), on(15)]).toEqual(['does not meet', 'not enough evidence']);
  });

  test('a later conformant attestation under the same scheme closes it, from its first second', () => {
    const { attest, on } = ledger();
    attest('non-conformant', [10, 100]);
    attest('conformant', [40, 60]);
    expect([on(39), on(40), on(59)]).toEqual(['does not meet', 'meets', 'meets']);
    expect(on(60)).toBe('not enough evidence');
  });

  test('one that is earlier, recorded earlier, revoked from the start, of another scheme or site does not', () => {
    const closers: Partial<AttestationNode & { from: number }>[] = [
      { from: 5 },
      { recordedAt: onDay(9) },
      { endsAt: onDay(40) },
      { scheme: 'IRMA' },
      { subject: `0x${'6'.repeat(64)}` },
    ];
    for (const { from = 40, ...change } of closers) {
      const { builder, attest } = ledger();
      const adverse = attest('non-conformant', [10, 100]);
      attest('conformant', [from, 200], change);
      expect(closedAt(adverse, builder.attestations)).toBeNull();
    }
  });
});
