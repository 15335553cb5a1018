import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/protocol/evidence.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import { HistoryBuilder, primary } from '../provenance/builder.ts';
import { AUSTRALIA, answerOf, CONGO, certificateOf, cobalt, FINLAND, findingsOf, ZAMBIA } from './story.ts';

describe('transit is known', () => {
  const rule = 'transit-known';

  test('meets where it is disclosed, as codes or numbers, or as an empty list', () => {
    for (const transit of [['ZM', 'za'], [894, 710], ['894'], []])
      expect(answerOf(cobalt({ transit }).history(), rule)).toBe('meets');
  });

  test('not enough evidence where nothing is disclosed, or nothing readable', () => {
    for (const transit of [undefined, 'ZM', ['Zambia'], [null], [{}]])
      expect(answerOf(cobalt({ transit }).history(), rule)).toBe('not enough evidence');
  });

  test('not asked outside covered and high-risk countries', () => {
    expect(answerOf(cobalt({ mineCountry: AUSTRALIA, transit: undefined }).history(), rule)).toBe('meets');
  });

  test('a refused delivery travelled as well', () => {
    const { leg } = cobalt();
    const receipt = leg.receipt && { ...leg.receipt, kind: 'refuse' as const };
    expect(answerOf(cobalt({ transit: undefined, leg: { receipt } }).history(), rule)).toBe(
      'not enough evidence',
    );
  });

  test('material that changes country without a dispatch is not enough evidence', () => {
    const { builder, mine, lot } = cobalt();
    const store = builder.site('storage', ZAMBIA, builder.operatorOf(mine));
    const [part] = builder.make(store, {
      process: 'split',
      inputs: [lot],
      outputs: [[primary(27, 900n)]],
      day: 40,
    }) as [Hex];
    const [finding] = findingsOf(builder.history(part), rule);
    expect(finding?.title).toBe('Material went from Finland to Zambia without a dispatch');
    expect(answerOf(builder.history(part), 'custody-documented')).toBe('not enough evidence');
  });

  test('however many lots went that way, it is one finding', () => {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', CONGO);
    const store = builder.site('storage', ZAMBIA, builder.operatorOf(mine));
    const outputs = [[primary(27, 10n)], [primary(27, 10n)], [primary(27, 10n)]];
    const inputs = builder.make(mine, { process: 'extract', outputs, day: 1 });
    const [lot] = builder.make(store, {
      process: 'blend',
      inputs,
      outputs: [[primary(27, 30n)]],
      day: 2,
    }) as [Hex];
    for (const of of [rule, 'custody-documented'])
      expect(findingsOf(builder.history(lot), of)).toMatchObject([{ affected: [{ milligrams: '30' }] }]);
  });
});

describe('red flag (a): transit through a high-risk country', () => {
  const rule = 'red-flag-a-transit';
  const bare = { mineAudit: null, smelterAudit: null } as const;
  const withDocument = (value: JsonValue) => {
    const { builder, leg, history } = cobalt(bare);
    builder.disclosed.set(leg.evidence, { transitCountries: ['ZM'], 'documents[0].sha256': value });
    return history();
  };

  test('meets where a site, a party or the lot is attested, or a document is shown', () => {
    expect(answerOf(cobalt({ mineAudit: null }).history(), rule)).toBe('meets');
    const onLot = cobalt(bare);
    onLot.builder.attest(onLot.ore, 'IRMA Chain of Custody', { from: 20, until: 21 });
    expect(answerOf(onLot.history(), rule)).toBe('meets');
    expect(answerOf(withDocument('0a'.repeat(32)), rule)).toBe('meets');
    expect(answerOf(withDocument('0A'.repeat(32)), rule)).toBe('meets');
  });

  test('not enough evidence where the field of the document holds no SHA-256', () => {
    for (const value of [
      null,
      0,
      '',
      '00',
      `0x${'0a'.repeat(32)}`,
      '0a'.repeat(33),
      'g'.repeat(64),
      ['0a'],
      true,
    ])
      expect(answerOf(withDocument(value), rule)).toBe('not enough evidence');
  });

  test('not enough evidence where nothing answers, or only before or after the dispatch', () => {
    expect(answerOf(cobalt(bare).history(), rule)).toBe('not enough evidence');
    expect(answerOf(cobalt({ ...bare, mineAudit: ['IRMA', 0, 20] }).history(), rule)).toBe(
      'not enough evidence',
    );
    expect(answerOf(cobalt({ ...bare, mineAudit: ['IRMA', 21, 30] }).history(), rule)).toBe(
      'not enough evidence',
    );
    expect(answerOf(cobalt({ ...bare, mineCountry: AUSTRALIA }).history(), rule)).toBe('not enough evidence');
  });

  test('does not meet where all that answers is adverse', () => {
    const { builder, mine, history } = cobalt(bare);
    builder.attest(mine, 'IRMA', { outcome: 'non-conformant', from: 1, until: 100 });
    expect(answerOf(history(), rule)).toBe('does not meet');
  });

  test('countries that no list can tell about matter up to the last refiner, and not after', () => {
    const direct = { ...bare, mineCountry: AUSTRALIA, transit: [] };
    expect(answerOf(cobalt(direct).history(), rule)).toBe('meets');
    expect(answerOf(cobalt(direct).history(), rule, [])).toBe('not enough evidence');
    const { builder, refinery, lot } = cobalt();
    const plant = builder.site('manufacturer', AUSTRALIA);
    builder.send(lot, [refinery, plant], 280);
    expect(answerOf(builder.history(lot), rule, [])).toBe('meets');
  });
});

describe('custody is documented', () => {
  const rule = 'custody-documented';

  test('meets where each dispatch has its receipt', () => {
    expect(answerOf(cobalt().history(), rule)).toBe('meets');
  });

  test('not enough evidence while a lot is on its way', () => {
    const { builder, refinery, lot } = cobalt();
    builder.send(lot, [refinery, builder.site('manufacturer', FINLAND)], 40, { receipt: null });
    const certificate = certificateOf(builder.history(lot));
    expect(certificate.verdict).toBe('not enough evidence');
    expect(certificate.lot.status).toBe('in-transit');
    expect(certificate.sentence).toMatch(
      /^There is not enough evidence that this lot .*: A delivery is not confirmed\.$/,
    );
  });

  test('a shortage above the tolerance is information, one below is nothing', () => {
    for (const [weighed, findings] of [
      [996n, 0],
      [995n, 1],
      [1_006n, 0],
    ] as const) {
      const { leg } = cobalt();
      const receipt = leg.receipt && { ...leg.receipt, weighed };
      const { history } = cobalt({ leg: { receipt } });
      expect(findingsOf(history(), rule)).toHaveLength(findings);
      expect(answerOf(history(), rule)).toBe('meets');
    }
  });

  test('more on arrival than was sent is an anomaly', () => {
    const { leg } = cobalt();
    const receipt = leg.receipt && { ...leg.receipt, weighed: 1_100n };
    expect(findingsOf(cobalt({ leg: { receipt } }).history(), 'red-flag-g')).toMatchObject([
      { severity: 'information', title: '99 mg more arrived than was sent' },
    ]);
  });

  test('what is off on one route is one finding, with its sums and each milligram once', () => {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', AUSTRALIA);
    const store = builder.site('storage', AUSTRALIA);
    const sent = (mass: bigint, weighed: bigint) => {
      const [lot] = builder.make(mine, { process: 'extract', outputs: [[primary(27, mass)]], day: 1 }) as [
        Hex,
      ];
      const leg = builder.send(lot, [mine, store], 2);
      if (leg.receipt) builder.legs.set(lot, [{ ...leg, receipt: { ...leg.receipt, weighed } }]);
      return lot;
    };
    const inputs = [sent(999n, 900n), sent(999n, 800n), sent(999n, 1_010n), sent(999n, 1_030n)];
    const [lot] = builder.make(store, {
      process: 'blend',
      inputs,
      outputs: [[primary(27, 3_996n)]],
      day: 9,
    }) as [Hex];
    const history = builder.history(lot);
    const of = { milligrams: '1998', sharePpm: 500_000 };
    expect(findingsOf(history, rule)).toMatchObject([
      { title: '300 mg less arrived than was sent', affected: [of] },
    ]);
    expect(findingsOf(history, 'red-flag-g')).toMatchObject([
      { title: '40 mg more arrived than was sent', affected: [of] },
    ]);
  });

  test('a move between two sites in one country is information', () => {
    const { builder, mine, ore } = cobalt();
    const store = builder.site('storage', CONGO, builder.operatorOf(mine));
    const [other] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 10n)]], day: 10 }) as [
      Hex,
    ];
    const [part] = builder.make(store, {
      process: 'split',
      inputs: [other],
      outputs: [[primary(27, 10n)]],
      day: 11,
    }) as [Hex];
    expect(ore).not.toBe(part);
    expect(findingsOf(builder.history(part), rule)).toMatchObject([{ severity: 'information' }]);
    expect(answerOf(builder.history(part), rule)).toBe('meets');
  });
});
