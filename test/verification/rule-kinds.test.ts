import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import type { LotNode } from '../../src/provenance/history.ts';
import { chainSchemes, mineSchemes } from '../../src/verification/policies/schemes.ts';
import type { Parameters } from '../../src/verification/policy.ts';
import { onDay, primary, recycled } from '../provenance/builder.ts';
import { ask, listOf } from './rules.ts';
import { AUSTRALIA, CONGO, cobalt, FINLAND, ZAMBIA } from './story.ts';

/** The story's 900 mg, and as much declared stock of the refiner as is said. */
function withStock(milligrams: bigint) {
  const { builder, mine, refinery, lot } = cobalt();
  const declared = { process: 'declare', outputs: [[primary(27, milligrams)]], day: 31 } as const;
  const [stock] = builder.make(refinery, { ...declared, outputs: [[primary(27, milligrams)]] }) as [Hex];
  const outputs = [[primary(27, 900n + milligrams)]];
  const [blend] = builder.make(refinery, { process: 'blend', inputs: [lot, stock], outputs, day: 32 }) as [
    Hex,
  ];
  return { builder, mine, refinery, history: () => builder.history(blend) };
}

/** Cobalt of two mines in one lot: 1,000 mg in all, so much of it from DR Congo, the rest from Australia. */
function ofTwoMines(fromCongo: bigint) {
  const { builder, refinery } = cobalt();
  const mines = [CONGO, AUSTRALIA].map((country) => builder.site('mine', country));
  const masses = [fromCongo, 1_000n - fromCongo];
  const ores = mines.map(
    (mine, at) =>
      builder.make(mine, {
        process: 'extract',
        outputs: [[primary(27, masses[at] ?? 0n)]],
        day: 1,
      })[0] as Hex,
  );
  const outputs = [[primary(27, 1_000n)]];
  const [lot] = builder.make(refinery, { process: 'refine', inputs: ores, outputs, day: 5 }) as [Hex];
  return { builder, mines, refinery, lot, history: () => builder.history(lot) };
}

const nothing = () => {
  const { builder, refinery } = cobalt();
  const [lot] = builder.make(refinery, { process: 'declare', outputs: [[]], day: 1 }) as [Hex];
  return builder.history(lot);
};

describe('countries', () => {
  const refused = (
    of: 'origins' | 'sites',
    countries: number[],
    from?: number,
    until?: number,
  ): Parameters<'countries'> => ({ of, refused: [listOf(countries, from, until)], allowed: null });

  test('meets where no origin, or no site, was in a refused one', () => {
    expect(ask(cobalt().history(), 'countries', refused('origins', [FINLAND, ZAMBIA])).answer).toBe('meets');
    expect(ask(cobalt().history(), 'countries', refused('sites', [AUSTRALIA])).answer).toBe('meets');
  });

  test('does not meet in a refused one, and says where, how much and under which list', () => {
    const { mine, history } = cobalt();
    expect(ask(history(), 'countries', refused('origins', [CONGO]))).toMatchObject({
      answer: 'does not meet',
      findings: [
        {
          clause: 'clause of countries',
          title: expect.stringMatching(/^Material was in .*Congo.*, which is refused$/),
          detail: expect.stringContaining('Refused: Countries for tests.'),
          affected: [{ milligrams: '900', sharePpm: 1_000_000 }],
          sites: [{ facility: mine }],
          mend: expect.stringContaining('take material that never was there'),
        },
      ],
    });
    expect(ask(history(), 'countries', refused('sites', [FINLAND])).answer).toBe('does not meet');
  });

  test('a list counts from its first second, and up to its last', () => {
    for (const [from, until, answer] of [
      [10, 11, 'does not meet'],
      [9, 10, 'meets'],
    ] as const)
      expect(ask(cobalt().history(), 'countries', refused('origins', [CONGO], from, until)).answer).toBe(
        answer,
      );
    const late = { ...listOf([CONGO]), validFrom: onDay(10) + 1 };
    const asked: Parameters<'countries'> = { of: 'origins', refused: [late], allowed: null };
    expect(ask(cobalt().history(), 'countries', asked).answer).toBe('meets');
  });

  test('outside those allowed it does not meet; with no list in force then, nobody can tell', () => {
    const allowed = (countries: number[], from?: number): Parameters<'countries'> => ({
      ...{ of: 'origins', refused: [], allowed: [listOf(countries, from)] },
    });
    expect(ask(cobalt().history(), 'countries', allowed([CONGO])).answer).toBe('meets');
    expect(ask(cobalt().history(), 'countries', allowed([FINLAND])).answer).toBe('does not meet');
    const open = ask(cobalt().history(), 'countries', allowed([CONGO], 11));
    expect([open.answer, open.findings[0]?.mend]).toEqual([
      'not enough evidence',
      'A list of allowed countries that was in force on 2026-01-11, in the policy.',
    ]);
  });

  test('not enough evidence for declared stock, a country that is none, and a lot of nothing', () => {
    for (const history of [withStock(1n).history(), cobalt({ mineCountry: 999 }).history(), nothing()])
      expect(ask(history, 'countries', refused('origins', [ZAMBIA])).answer).toBe('not enough evidence');
  });

  test('a delivery to a refused country counts, wherever the work was done', () => {
    const { builder, refinery, lot } = cobalt();
    const store = builder.site('storage', ZAMBIA);
    builder.send(lot, [refinery, store], 40);
    const { answer, findings } = ask(builder.history(lot), 'countries', refused('sites', [ZAMBIA]));
    expect([answer, findings[0]?.sites[0]?.facility]).toEqual(['does not meet', store]);
  });
});

describe('recycled share', () => {
  /** 1,000 mg of cobalt, so much of it collected. */
  function scrap(part: bigint) {
    const { builder, refinery } = ofTwoMines(500n);
    const [waste] = builder.make(refinery, {
      process: 'collect',
      outputs: [[recycled(27, part)]],
      day: 1,
    }) as [Hex];
    const [ore] = builder.make(refinery, {
      process: 'extract',
      outputs: [[primary(27, 1_000n)]],
      day: 1,
    }) as [Hex];
    const outputs = [[primary(27, 1_000n - part), recycled(27, part)]];
    const [lot] = builder.make(refinery, { process: 'blend', inputs: [waste, ore], outputs, day: 2 }) as [
      Hex,
    ];
    return builder.history(lot);
  }
  const asked = { atLeast: [{ material: 27, ppm: 160_000 }] };

  test('meets at exactly the share, and not a milligram below', () => {
    expect(ask(scrap(160n), 'recycled-share', asked).answer).toBe('meets');
    const { answer, findings } = ask(scrap(159n), 'recycled-share', asked);
    expect(answer).toBe('does not meet');
    expect(findings).toMatchObject([
      {
        title: 'Less than 16 % of the cobalt is recycled',
        detail: 'Of 1 g, 159 mg is recycled (15.9 %).',
        affected: [{ milligrams: '841' }],
        mend: expect.stringContaining('more recycled material'),
      },
    ]);
  });

  test('not enough evidence where only declared stock became recycled, or the lot has none of the material', () => {
    const { builder, refinery } = cobalt();
    const plant = builder.site('recycler', FINLAND, builder.operatorOf(refinery));
    const [stock] = builder.make(plant, { process: 'declare', outputs: [[primary(27, 10n)]], day: 1 }) as [
      Hex,
    ];
    const outputs = [[recycled(27, 10n)]];
    const [lot] = builder.make(plant, { process: 'recycle', inputs: [stock], outputs, day: 2 }) as [Hex];
    expect(ask(builder.history(lot), 'recycled-share', asked)).toMatchObject({
      answer: 'not enough evidence',
      findings: [{ sites: [{ facility: plant }] }],
    });
    const lithium = { atLeast: [{ material: 3, ppm: 1 }] };
    expect(ask(cobalt().history(), 'recycled-share', lithium).answer).toBe('not enough evidence');
  });
});

describe('share of one at most', () => {
  const most = (change: object = {}) => ({
    ...{ of: 'country' as const, stage: 'extraction' as const, maxPpm: 650_000, materials: null, exempt: [] },
    ...change,
  });

  test('meets at exactly the share; a milligram more does not, and says whose', () => {
    expect(ask(ofTwoMines(650n).history(), 'share-at-most', most()).answer).toBe('meets');
    const { mines, history } = ofTwoMines(651n);
    expect(ask(history(), 'share-at-most', most())).toMatchObject({
      answer: 'does not meet',
      findings: [
        {
          title: expect.stringMatching(/^More than 65 % of the cobalt was mined in .*Congo/),
          detail: expect.stringContaining('651 mg (65.1 %)'),
          affected: [{ milligrams: '651', sharePpm: 651_000 }],
          sites: [{ facility: mines[0] }],
        },
      ],
    });
    for (const of of ['party', 'site'] as const)
      expect(ask(history(), 'share-at-most', most({ of })).answer).toBe('does not meet');
  });

  test('what is declared may be of the largest: then not enough evidence', () => {
    expect(ask(withStock(100n).history(), 'share-at-most', most({ maxPpm: 950_000 })).answer).toBe(
      'not enough evidence',
    );
    expect(ask(withStock(100n).history(), 'share-at-most', most({ maxPpm: 1_000_000 })).answer).toBe('meets');
    expect(ask(nothing(), 'share-at-most', most()).answer).toBe('not enough evidence');
  });

  test('exempt countries do not count, while their list is in force', () => {
    const { history } = ofTwoMines(900n);
    const exempt = (until: number) => most({ exempt: [listOf([CONGO], 0, until)] });
    expect(ask(history(), 'share-at-most', exempt(301)).answer).toBe('meets');
    expect(ask(history(), 'share-at-most', exempt(300)).answer).toBe('does not meet');
  });

  test('at smelters and refiners, and at recyclers, each milligram counts once', () => {
    const { builder, refinery, lot } = ofTwoMines(500n);
    const processing = most({ stage: 'processing' });
    const outputs = [[primary(27, 1_000n)]];
    const again = { process: 'refine', inputs: [lot], outputs, day: 6 } as const;
    const [twice] = builder.make(refinery, { ...again, inputs: [lot], outputs }) as [Hex];
    expect(ask(builder.history(twice), 'share-at-most', processing)).toMatchObject({
      answer: 'does not meet',
      findings: [
        { affected: [{ milligrams: '1000', sharePpm: 1_000_000 }], sites: [{ facility: refinery }] },
      ],
    });
    expect(ask(builder.history(twice), 'share-at-most', most({ stage: 'recycling' })).answer).toBe('meets');
  });

  test('what nobody refined yet may be refined anywhere', () => {
    const { builder, ore } = cobalt();
    const { answer, findings } = ask(builder.history(ore), 'share-at-most', most({ stage: 'processing' }));
    expect([answer, findings[0]?.affected[0]?.milligrams]).toEqual(['not enough evidence', '1000']);
  });
});

describe('chain-of-custody model', () => {
  const asked = (
    atLeast: 'identity-preserved' | 'segregated' | 'mass-balance',
    schemes = chainSchemes.slice(1),
  ) => ({
    ...{ atLeast, materials: null, schemes },
  });

  test('meets at exactly the model that the weakest step declares, and not above', () => {
    expect(ask(cobalt().history(), 'custody-model', asked('segregated')).answer).toBe('meets');
    expect(ask(cobalt().history(), 'custody-model', asked('mass-balance')).answer).toBe('meets');
    expect(ask(cobalt().history(), 'custody-model', asked('identity-preserved'))).toMatchObject({
      answer: 'does not meet',
      findings: [
        {
          title: 'The cobalt was kept under "segregated", which is weaker than "identity preserved"',
          affected: [{ milligrams: '900' }],
        },
      ],
    });
  });

  test('of several sources, nothing keeps its identity, whatever the steps declare', () => {
    const one = cobalt();
    const two = ofTwoMines(999n);
    for (const { builder } of [one, two])
      for (const [id, production] of builder.productions)
        builder.productions.set(id, { ...production, custodyModel: 'identity-preserved' });
    expect(ask(one.history(), 'custody-model', asked('identity-preserved')).answer).toBe('meets');
    expect(ask(two.history(), 'custody-model', asked('identity-preserved')).answer).toBe('does not meet');
  });

  test('not enough evidence for declared stock', () => {
    const { refinery, history } = withStock(1n);
    expect(ask(history(), 'custody-model', asked('segregated'))).toMatchObject({
      answer: 'not enough evidence',
      findings: [{ affected: [{ milligrams: '1' }], sites: [{ facility: refinery }] }],
    });
  });

  test('where attestations are asked for, each site needs one in force then; for mass balance it needs none', () => {
    const { builder, mine, refinery, history } = cobalt();
    const scheme = 'IRMA Chain of Custody';
    expect(ask(history(), 'custody-model', asked('segregated', chainSchemes)).answer).toBe(
      'not enough evidence',
    );
    expect(ask(history(), 'custody-model', asked('mass-balance', chainSchemes)).answer).toBe('meets');
    builder.attest(mine, scheme, { from: 10, until: 11 });
    builder.attest(refinery, scheme, { from: 30, until: 31 });
    expect(ask(history(), 'custody-model', asked('segregated', chainSchemes)).answer).toBe('meets');
    builder.attest(refinery, scheme, { outcome: 'non-conformant', from: 30, until: 31 });
    expect(ask(history(), 'custody-model', asked('segregated', chainSchemes)).answer).toBe('does not meet');
  });
});

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
