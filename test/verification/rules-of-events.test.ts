import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { FacilityNode, LegReceipt, LotNode } from '../../src/provenance/history.ts';
import { certifyDigest } from '../../src/verification/certify.ts';
import type { Digest, LegEvent } from '../../src/verification/digest.ts';
import { mineSchemes } from '../../src/verification/policies/schemes.ts';
import type { Rule } from '../../src/verification/policy.ts';
import { onDay, primary } from '../provenance/builder.ts';
import { digestOf } from './digest-of.ts';
import { withStock } from './rule-stories.ts';
import { ask, policyOf, ruleOf } from './rules.ts';
import { cobalt, FINLAND } from './story.ts';

describe('origin attested', () => {
  const asked = { schemes: mineSchemes, materials: null };

  test('by an attestation in force from the second of the extraction; not from the one after', () => {
    expect(ask(cobalt({ mineAudit: ['IRMA', 10, 11] }).history(), 'origin-attested', asked).answer).toBe(
      'meets',
    );
    for (const audit of [null, ['IRMA', 9, 10], ['of no policy', 0, 99]] as const) {
      const story = cobalt({ mineAudit: audit && [...audit] });
      expect(ask(story.history(), 'origin-attested', asked)).toMatchObject({
        answer: 'not enough evidence',
        findings: [
          { sites: [{ facility: story.mine }], mend: expect.stringContaining('in force on 2026-01-11') },
        ],
      });
    }
  });

  test('does not meet with an open alert, and only for the materials asked about', () => {
    const { builder, mine, history } = cobalt();
    builder.attest(mine, 'IRMA', { outcome: 'alert', from: 9, until: 100 });
    expect(ask(history(), 'origin-attested', asked).answer).toBe('does not meet');
    expect(ask(history(), 'origin-attested', { ...asked, materials: [28] }).answer).toBe(
      'not enough evidence',
    );
  });

  test('what was declared nobody could attest', () => {
    const { refinery, history } = withStock(100n);
    expect(ask(history(), 'origin-attested', asked)).toMatchObject({
      answer: 'not enough evidence',
      findings: [{ sites: [{ facility: refinery }], affected: [{ milligrams: '100' }] }],
    });
  });
});

describe('recorded within', () => {
  test('meets at exactly the lag; a second more does not', () => {
    expect(ask(cobalt().history(), 'recorded-within', { seconds: 60 }).answer).toBe('meets');
    const { answer, findings } = ask(cobalt().history(), 'recorded-within', { seconds: 59 });
    expect(answer).toBe('does not meet');
    expect(findings).toHaveLength(2);
    for (const { affected, mend } of findings)
      expect([affected[0]?.milligrams, mend]).toEqual(['900', expect.stringContaining('when it happens')]);
  });

  test('a late receipt counts where it was given', () => {
    const { leg, refinery, history, builder } = cobalt();
    const receipt = leg.receipt && { ...leg.receipt, recordedAt: leg.receipt.occurredAt + 3 * 86_400 };
    builder.legs.set(leg.lot, [{ ...leg, receipt }]);
    const { answer, findings } = ask(history(), 'recorded-within', { seconds: 2 * 86_400 });
    expect(answer).toBe('does not meet');
    expect(findings).toMatchObject([{ sites: [{ facility: refinery }] }]);
    expect(findings[0]?.title).toMatch(/was recorded more than 2 days later$/);
  });

  test('not enough evidence of a delivery under way for longer than that', () => {
    const { builder, lot, refinery } = cobalt();
    builder.send(lot, [refinery, builder.site('storage', FINLAND)], 40, { receipt: null });
    const since = (day: number) =>
      ask(builder.history(lot, day), 'recorded-within', { seconds: 5 * 86_400 }).answer;
    expect([since(45), since(46)]).toEqual(['meets', 'not enough evidence']);
  });
});

describe('told by site, of deliveries between two boundaries', () => {
  /** Three lots on one way, and events as a store tells them: the first and the last of them, as they were. */
  function three(middle: Partial<LegReceipt>) {
    const { builder, mine, refinery } = cobalt();
    const ores = [1, 2, 3].map((day) => {
      const made = { process: 'extract', outputs: [[primary(27, 999n)]], day } as const;
      const [ore] = builder.make(mine, { ...made, outputs: [[primary(27, 999n)]] }) as [Hex];
      const leg = builder.send(ore, [mine, refinery], day + 3);
      const change = day === 2 ? middle : {};
      builder.legs.set(ore, [{ ...leg, receipt: leg.receipt && { ...leg.receipt, ...change } }]);
      return ore;
    });
    const outputs = [[primary(27, 2_000n)]];
    const [lot] = builder.make(refinery, { process: 'refine', inputs: ores, outputs, day: 20 }) as [Hex];
    const digest = digestOf(builder.history(lot), true);
    const legs = digest.events?.legs ?? [];
    expect(legs).toHaveLength(3);
    return {
      ...digest,
      events: digest.events && { ...digest.events, legs: [legs[0], legs[2]] as LegEvent[] },
    };
  }
  const answer = (digest: Digest, rule: Rule) =>
    certifyDigest(digest, policyOf(rule)).certificate.rules[0]?.answer;

  test('the receipt recorded longest after is not lost', () => {
    const rule = ruleOf('recorded-within', { seconds: 86_400 });
    expect(answer(three({}), rule)).toBe('meets');
    expect(answer(three({ recordedAt: onDay(99) }), rule)).toBe('does not meet');
  });

  test('nor is what arrived lighter, or heavier', () => {
    const rule = ruleOf('weighed-within', { weighingTolerancePpm: 5_000 });
    expect(answer(three({ weighed: 1_000n }), rule)).toBe('meets');
    expect(answer(three({ weighed: 900n }), rule)).toBe('does not meet');
    expect(answer(three({ weighed: 1_100n }), rule)).toBe('does not meet');
  });
});

describe('custody unbroken', () => {
  test('meets where a lot is used where it arrived', () => {
    expect(ask(cobalt().history(), 'custody-unbroken', {}).answer).toBe('meets');
  });

  test('does not meet where it is used elsewhere, even in the same country', () => {
    const { builder, lot, refinery } = cobalt();
    const plant = builder.site('manufacturer', FINLAND, builder.operatorOf(refinery));
    const made = { process: 'manufacture', outputs: [[primary(27, 900n)]], day: 40 } as const;
    const [cells] = builder.make(plant, { ...made, inputs: [lot], outputs: [[primary(27, 900n)]] }) as [Hex];
    expect(ask(builder.history(cells), 'custody-unbroken', {})).toMatchObject({
      answer: 'does not meet',
      findings: [{ sites: [{ facility: refinery }, { facility: plant }], affected: [{ milligrams: '900' }] }],
    });
    builder.send(lot, [refinery, plant], 35);
    expect(ask(builder.history(cells), 'custody-unbroken', {}).answer).toBe('meets');
  });

  test('not enough evidence while a delivery is under way', () => {
    const { builder, lot, refinery } = cobalt();
    const leg = builder.send(lot, [refinery, builder.site('storage', FINLAND)], 40, { receipt: null });
    const { answer, findings } = ask(builder.history(lot), 'custody-unbroken', {});
    expect([answer, findings[0]?.statements]).toEqual(['not enough evidence', [leg.dispatch]]);
  });
});

describe('weighed within', () => {
  const asked = { weighingTolerancePpm: 10_000 };
  const arrived = (weighed: bigint) => {
    const { builder, leg, history } = cobalt();
    builder.lots.set(leg.lot, { ...(builder.lots.get(leg.lot) as LotNode), milligrams: 1_000n });
    const receipt = leg.receipt && { ...leg.receipt, weighed };
    builder.legs.set(leg.lot, [{ ...leg, receipt }]);
    return ask(history(), 'weighed-within', asked);
  };

  test('meets at exactly the tolerance, lighter or heavier; a milligram beyond does not', () => {
    expect([990n, 1_000n, 1_010n].map((weighed) => arrived(weighed).answer)).toEqual(Array(3).fill('meets'));
    for (const [weighed, than] of [
      [989n, 'lighter'],
      [1_011n, 'heavier'],
    ] as const) {
      const { answer, findings } = arrived(weighed);
      expect(answer).toBe('does not meet');
      expect(findings[0]?.title).toMatch(new RegExp(`arrived ${than} than they were sent$`));
      expect(findings[0]?.affected[0]?.milligrams).toBe('900');
    }
  });

  test('not enough evidence while a delivery is under way', () => {
    const { builder, lot, refinery } = cobalt();
    builder.send(lot, [refinery, builder.site('storage', FINLAND)], 40, { receipt: null });
    expect(ask(builder.history(lot), 'weighed-within', asked).answer).toBe('not enough evidence');
  });
});

describe('transit speed', () => {
  /** A lot sent a quarter of the equator, 10,007 km, in so many seconds. */
  function flight(seconds: number | null, longitude: number | null = 90) {
    const { builder, lot, refinery } = cobalt();
    const store = builder.site('storage', FINLAND);
    const shown = (site: Hex, degrees: number) => {
      const evidence = builder.document({ coordinates: { latitude: 0, longitude: degrees } });
      builder.facilities.set(site, { ...(builder.facilities.get(site) as FacilityNode), evidence });
    };
    shown(refinery, 0);
    if (longitude !== null) shown(store, longitude);
    const leg = builder.send(lot, [refinery, store], 40);
    const receipt =
      seconds === null || !leg.receipt ? null : { ...leg.receipt, occurredAt: leg.occurredAt + seconds };
    builder.legs.set(lot, [{ ...leg, receipt }]);
    return { store, asked: ask(builder.history(lot), 'transit-speed', { maxKmPerHour: 1_000 }) };
  }

  test('meets at exactly the speed; a second less does not', () => {
    expect(flight(36_026).asked.answer).toBe('meets');
    const { answer, findings } = flight(36_025).asked;
    expect(answer).toBe('does not meet');
    expect(findings[0]?.detail).toMatch(/arrived 600 minutes later, 10007 km away as the crow flies\.$/);
    expect(findings[0]?.affected[0]?.milligrams).toBe('900');
  });

  test('not enough evidence where a site hides where it is, or the lot is under way', () => {
    const { store, asked } = flight(9, null);
    expect(asked).toMatchObject({
      answer: 'not enough evidence',
      findings: [{ sites: [{ facility: store }] }],
    });
    expect(flight(9, 181).asked.answer).toBe('not enough evidence');
    expect(flight(null).asked.answer).toBe('not enough evidence');
  });
});

describe('mass of a lot against a yearly limit', () => {
  const limit = (milligrams: string, isPart = false) => ({
    limits: [{ codes: ['2605'], isPart, milligrams }],
  });

  test('meets at exactly the limit; a milligram more does not', () => {
    expect(ask(cobalt().history(), 'lot-mass-at-most', limit('901')).answer).toBe('meets');
    expect(ask(cobalt().history(), 'lot-mass-at-most', limit('900'))).toMatchObject({
      answer: 'does not meet',
      findings: [{ detail: 'This lot alone is 901 mg; the limit is 900 mg a year.' }],
    });
  });

  test('not enough evidence of a code that is not listed, or only in part', () => {
    const other = { limits: [{ codes: ['2609'], isPart: false, milligrams: '1' }] };
    expect(ask(cobalt().history(), 'lot-mass-at-most', other).answer).toBe('not enough evidence');
    expect(ask(cobalt().history(), 'lot-mass-at-most', limit('1', true)).answer).toBe('not enough evidence');
  });
});

describe('an indicator', () => {
  test('says what it finds, and does not count', () => {
    const indicator = ask(cobalt().history(), 'recorded-within', { seconds: 59 }, { indicator: true });
    expect(indicator.answer).toBe('not judged');
    expect(indicator.summary).toMatch(/^An indicator, which does not count: does not meet\./);
    expect(indicator.findings).toHaveLength(2);
    for (const { severity, mend } of indicator.findings)
      expect([severity, mend !== null]).toEqual(['information', true]);
    expect(indicator.verdict).toBe('not enough evidence');
  });

  test('a rule is asked from its first second on, and until its last', () => {
    const during = (validFrom: number, validUntil: number | null) =>
      ask(cobalt().history(), 'recorded-within', { seconds: 59 }, { validFrom, validUntil }).answer;
    const now = onDay(300);
    expect([during(now, null), during(0, now + 1)]).toEqual(['does not meet', 'does not meet']);
    expect([during(now + 1, null), during(0, now)]).toEqual([undefined, undefined]);
  });
});
