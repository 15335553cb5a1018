import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { partySubject } from '../../src/protocol/hex.ts';
import { HistoryBuilder, onDay } from '../provenance/builder.ts';
import { AUSTRALIA, answerOf, cobalt, findingsOf } from './story.ts';

describe('nothing adverse was open', () => {
  const rule = 'nothing-adverse-open';

  test('meets where nothing was, or where it was closed before', () => {
    const { builder, mine, history } = cobalt();
    expect(answerOf(history(), rule)).toBe('meets');
    builder.revoke(builder.attest(mine, 'SA8000', { outcome: 'alert', from: 1, until: 100 }), 10);
    expect(answerOf(history(), rule)).toBe('meets');
  });

  test('does not meet for an alert on a site, a party or a lot, under any scheme', () => {
    for (const pick of ['mine', 'party', 'lot'] as const) {
      const { builder, mine, ore, history } = cobalt();
      const subject = { mine, party: partySubject(builder.operatorOf(mine)), lot: ore }[pick];
      builder.attest(subject, 'SA8000', { outcome: 'alert', from: 5, until: 100 });
      expect(answerOf(history(), rule)).toBe('does not meet');
      expect(findingsOf(history(), rule)[0]?.affected).toMatchObject([{ milligrams: '900' }]);
    }
  });

  test('on a site, what was raised after the material had left is information; on a lot it counts', () => {
    const { builder, mine, ore, history } = cobalt();
    builder.attest(mine, 'SA8000', { outcome: 'alert', from: 21, until: 100 });
    expect(answerOf(history(), rule)).toBe('meets');
    expect(findingsOf(history(), rule)).toMatchObject([{ severity: 'information' }]);
    builder.attest(ore, 'SA8000', { outcome: 'alert', from: 200, until: 201 });
    expect(answerOf(history(), rule)).toBe('does not meet');
  });

  test('what is not yet in force at the history’s block says nothing', () => {
    const { builder, mine, history } = cobalt();
    builder.attest(mine, 'SA8000', { outcome: 'alert', from: 301, until: 400, recordedAt: onDay(299) });
    expect(findingsOf(history(), rule)).toEqual([]);
  });

  test('a later conformant attestation, dated back, does not close it for what was before', () => {
    const { builder, refinery, history } = cobalt();
    builder.attest(refinery, 'RMAP', { outcome: 'non-conformant', from: 15, until: 400 });
    const auditor = `0x${'b'.repeat(40)}` as const;
    builder.attest(refinery, 'RMAP', { from: 16, until: 400, recordedAt: onDay(290), auditor });
    expect(answerOf(history(), rule)).toBe('does not meet');
    expect(answerOf(history(), 'smelters-audited')).toBe('does not meet');
  });

  test('its author may withdraw it after the fact, which stays visible, in one finding', () => {
    const { builder, mine, refinery, history } = cobalt();
    const adverse = { outcome: 'non-conformant', from: 5, until: 400 } as const;
    for (const site of [mine, refinery])
      builder.revoke(builder.attest(site, 'SA8000', adverse), 0, { recordedAt: onDay(200) });
    expect(answerOf(history(), rule)).toBe('meets');
    expect(findingsOf(history(), rule)).toMatchObject([
      { severity: 'information', title: '2 adverse attestations were withdrawn after the fact' },
    ]);
    expect(findingsOf(history(), rule)[0]?.detail).toMatch(
      /^The longest after: SA8000 .* on 2026-01-11, until .* on 2026-07-20 with effect from 2026-01-01/,
    );
  });

  test('what was withdrawn before the event leaves no trace, from its very second', () => {
    for (const [recordedAt, found] of [
      [onDay(10), 0],
      [onDay(10) + 1, 1],
    ] as const) {
      const { builder, mine, ore } = cobalt();
      const alert = builder.attest(mine, 'SA8000', { outcome: 'alert', from: 5, until: 400 });
      builder.revoke(alert, 6, { recordedAt });
      expect(findingsOf(builder.history(ore), rule)).toHaveLength(found);
    }
  });

  test('the registrar’s revocation does not close it, and the finding says so', () => {
    const { builder, refinery, history } = cobalt();
    const adverse = builder.attest(refinery, 'RMAP', { outcome: 'alert', from: 15, until: 400 });
    builder.revoke(adverse, 14, { author: `0x${'b'.repeat(40)}` });
    for (const of of [rule, 'smelters-audited']) {
      expect(answerOf(history(), of)).toBe('does not meet');
      expect(findingsOf(history(), of)[0]?.detail).toMatch(/registrar revoked it, which does not close it/);
    }
  });

  test('what is dated before it, yet recorded while it is open, is not enough evidence', () => {
    const alert = { outcome: 'alert', from: 35, until: 400 } as const;
    const raised = onDay(35) + 60;
    for (const [occurredAt, recordedAt, answer] of [
      [onDay(34), onDay(63), 'not enough evidence'],
      [onDay(35) - 1, raised + 1, 'not enough evidence'],
      [onDay(35), raised + 1, 'does not meet'],
      [onDay(34), raised, 'meets'],
    ] as const) {
      const { builder, refinery, lot, history } = cobalt();
      builder.attest(refinery, 'ITSCI', alert);
      const made = builder.productions.get(builder.lots.get(lot)?.production ?? lot);
      if (made) builder.productions.set(made.id, { ...made, occurredAt, recordedAt });
      expect(answerOf(history(), rule)).toBe(answer);
    }
  });

  test('so is a leg; and neither is, where the alert was closed when they were recorded', () => {
    const alert = { outcome: 'alert', from: 19, until: 400 } as const;
    const times = { occurredAt: onDay(18), recordedAt: onDay(25) };
    const { builder, mine, history } = cobalt({ leg: times });
    const raised = builder.attest(mine, 'SA8000', alert);
    expect(findingsOf(history(), rule)).toMatchObject([
      { severity: 'gap', title: expect.stringMatching(/dated before an alert, but recorded after it$/) },
    ]);
    builder.revoke(raised, 24);
    expect(findingsOf(history(), rule)).toEqual([]);
  });

  test('a lot without content is judged all the same: itself, its site, its parties', () => {
    for (const pick of ['lot', 'site', 'maker', 'holder'] as const) {
      const builder = new HistoryBuilder();
      const [mine, store] = [builder.site('mine', AUSTRALIA), builder.site('storage', AUSTRALIA)];
      const [lot] = builder.make(mine, { process: 'extract', outputs: [[]], day: 1 }) as [Hex];
      builder.send(lot, [mine, store], 2);
      const parties = [mine, store].map((site) => partySubject(builder.operatorOf(site))) as [Hex, Hex];
      expect(answerOf(builder.history(lot), rule)).toBe('meets');
      const subject = { lot, site: mine, maker: parties[0], holder: parties[1] }[pick];
      builder.attest(subject, 'SA8000', { outcome: 'alert', from: 0, until: 9 });
      expect(answerOf(builder.history(lot), rule)).toBe('does not meet');
    }
  });
});
