import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { certifyDigest } from '../../src/verification/certify.ts';
import { chainSchemes } from '../../src/verification/policies/schemes.ts';
import type { Parameters } from '../../src/verification/policy.ts';
import { onDay, primary, recycled } from '../provenance/builder.ts';
import { digestOf } from './digest-of.ts';
import { nothing, ofTwoMines, withStock } from './rule-stories.ts';
import { ask, listOf, policyOf, ruleOf } from './rules.ts';
import { AUSTRALIA, CONGO, cobalt, FINLAND, ZAMBIA } from './story.ts';

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
    const { mine, refinery, history } = withStock(100n);
    expect(ask(history(), 'share-at-most', most({ maxPpm: 950_000 }))).toMatchObject({
      answer: 'not enough evidence',
      findings: [{ affected: [{ milligrams: '100' }], sites: [{ facility: mine }, { facility: refinery }] }],
    });
    expect(ask(history(), 'share-at-most', most({ maxPpm: 1_000_000 })).answer).toBe('meets');
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

  test('told by site, two refiners of one country are known together only as at most', () => {
    const { builder, lot } = cobalt();
    const second = builder.site('smelter-or-refiner', FINLAND);
    const made = { process: 'refine', inputs: [lot], day: 40 } as const;
    const [twice] = builder.make(second, { ...made, inputs: [lot], outputs: [[primary(27, 900n)]] }) as [Hex];
    const history = builder.history(twice);
    const policy = policyOf(ruleOf('share-at-most', most({ stage: 'processing' })));
    const told = certifyDigest(digestOf(history, true), policy);
    expect([told.isExact, told.certificate.rules[0]?.answer]).toEqual([false, 'not enough evidence']);
    expect(certifyDigest(digestOf(history), policy).isExact).toBe(false);
    expect(ask(history, 'share-at-most', most({ stage: 'processing' })).answer).toBe('does not meet');
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
