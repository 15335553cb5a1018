import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { AttestationNode } from '../../src/provenance/history.ts';
import { isOpenAt, standingAt } from '../../src/verification/standing.ts';
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

  test('however late it is recorded, because it may withdraw an error', () => {
    const { builder, attest, on } = ledger();
    builder.revoke(attest('alert', [10, 100]), 5, { recordedAt: onDay(80) });
    expect([on(9), on(10), on(50)]).toEqual(Array(3).fill('not enough evidence'));
  });

  test('a revocation by the registrar ends a conformant one, and closes no adverse one', () => {
    const registrar = { author: `0x${'b'.repeat(40)}` } as const;
    const { builder, attest, on } = ledger();
    builder.revoke(attest('conformant', [0, 100]), 5, registrar);
    expect([on(4), on(5)]).toEqual(['meets', 'not enough evidence']);
    builder.revoke(attest('alert', [10, 100]), 15, registrar);
    expect([on(9), on(15), on(99)]).toEqual(['not enough evidence', 'does not meet', 'does not meet']);
  });

  test('a later conformant attestation under the same scheme closes it, once it is recorded', () => {
    const { builder, attest, on } = ledger();
    attest('non-conformant', [10, 100]);
    const { recordedAt } = attest('conformant', [40, 60]);
    const at = (time: number) => standingAt(builder.attestations, time).answer;
    expect([at(recordedAt - 1), at(recordedAt), on(59)]).toEqual(['does not meet', 'meets', 'meets']);
    expect(on(60)).toBe('not enough evidence');
  });

  test('one that is dated back changes nothing before its recording', () => {
    const { attest, on } = ledger();
    attest('non-conformant', [10, 100]);
    attest('conformant', [11, 200], { recordedAt: onDay(90) });
    expect([on(11), on(89), on(90)]).toEqual(['does not meet', 'does not meet', 'meets']);
  });

  test('one that is itself revoked closes it until then', () => {
    const { builder, attest, on } = ledger();
    attest('non-conformant', [10, 100]);
    builder.revoke(attest('conformant', [40, 100]), 50);
    expect([on(39), on(41), on(49), on(50), on(99)]).toEqual([
      'does not meet',
      'meets',
      'meets',
      'does not meet',
      'does not meet',
    ]);
  });

  test('one that is earlier, recorded earlier, over when recorded, of another scheme or site does not', () => {
    const closers: Partial<AttestationNode & { from: number }>[] = [
      { from: 5 },
      { recordedAt: onDay(9) },
      { endsAt: onDay(40) },
      { recordedAt: onDay(200) },
      { scheme: 'IRMA' },
      { subject: `0x${'6'.repeat(64)}` },
    ];
    for (const { from = 40, ...change } of closers) {
      const { builder, attest } = ledger();
      const adverse = attest('non-conformant', [10, 100]);
      attest('conformant', [from, 200], change);
      expect(isOpenAt(adverse, onDay(300), builder.attestations)).toBe(true);
    }
  });

  test('an answer rests on what was recorded by then and, only failing that, on what was recorded since', () => {
    const { builder, attest } = ledger();
    const since = attest('conformant', [0, 100], { recordedAt: onDay(50) });
    const at = (day: number) => standingAt(builder.attestations, onDay(day)).attestations;
    expect(at(20)).toEqual([since]);
    const before = attest('conformant', [0, 100], { recordedAt: onDay(20) });
    expect(at(19)).toEqual([since, before]);
    expect(at(20)).toEqual([before]);
    expect(at(50)).toEqual([since, before]);
  });
});
