import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { partySubject } from '../../src/protocol/hex.ts';
import { primary, recycled } from '../provenance/builder.ts';
import { AUSTRALIA, answerOf, CONGO, certificateOf, cobalt, findingsOf, SOUTH_AFRICA } from './story.ts';

describe('mines in high-risk areas are assessed', () => {
  const rule = 'high-risk-origins-assessed';

  test('meets in a covered country with an assessment in force, and without one elsewhere', () => {
    expect(answerOf(cobalt({ mineAudit: ['ITSCI', 10, 11] }).history(), rule)).toBe('meets');
    expect(answerOf(cobalt({ mineCountry: AUSTRALIA, mineAudit: null }).history(), rule)).toBe('meets');
  });

  test('not enough evidence without one in a covered country or on the loaded list', () => {
    expect(answerOf(cobalt({ mineAudit: null }).history(), rule)).toBe('not enough evidence');
    expect(answerOf(cobalt({ mineAudit: ['IRMA', 11, 100] }).history(), rule)).toBe('not enough evidence');
    expect(answerOf(cobalt({ mineCountry: 104, mineAudit: null }).history(), rule)).toBe(
      'not enough evidence',
    );
  });

  test('does not meet with an open alert under an accepted scheme', () => {
    const { builder, mine, history } = cobalt();
    builder.attest(mine, 'ITSCI', { outcome: 'alert', from: 9, until: 100 });
    expect(answerOf(history(), rule)).toBe('does not meet');
  });

  test('without a list in force, other countries need an assessment all the same', () => {
    const bare = cobalt({ mineCountry: AUSTRALIA, mineAudit: null }).history();
    expect(answerOf(bare, rule, [])).toBe('not enough evidence');
    expect(findingsOf(bare, rule, [])[0]?.mend).toMatch(/^A list of conflict-affected and high-risk areas/);
    expect(answerOf(cobalt({ mineCountry: AUSTRALIA }).history(), rule, [])).toBe('meets');
  });
});

describe('origins are known', () => {
  const rule = 'origin-known';

  test('meets where all was mined or collected on the ledger', () => {
    expect(answerOf(cobalt().history(), rule)).toBe('meets');
  });

  test('not enough evidence for a single declared milligram', () => {
    const { builder, refinery, lot } = cobalt();
    const [stock] = builder.make(refinery, { process: 'declare', outputs: [[primary(27, 1n)]], day: 31 }) as [
      Hex,
    ];
    const [blend] = builder.make(refinery, {
      process: 'blend',
      inputs: [lot, stock],
      outputs: [[primary(27, 901n)]],
      day: 32,
    }) as [Hex];
    const [finding] = findingsOf(builder.history(blend), rule);
    expect(finding).toMatchObject({ severity: 'gap', affected: [{ milligrams: '1', sharePpm: 1_110 }] });
    expect(finding?.title).toBe('1 mg of cobalt: origin not on the ledger');
  });

  test('however small the lot, its share of declared stock shows', () => {
    const { builder, refinery, lot } = cobalt();
    const [stock] = builder.make(refinery, {
      process: 'declare',
      outputs: [[primary(27, 600n)]],
      day: 31,
    }) as [Hex];
    const outputs = [[primary(27, 1n)], [primary(27, 1_499n)]];
    const [tiny] = builder.make(refinery, { process: 'blend', inputs: [lot, stock], outputs, day: 32 }) as [
      Hex,
    ];
    expect(findingsOf(builder.history(tiny), rule)).toMatchObject([
      {
        severity: 'gap',
        title: 'Less than 1 mg of cobalt: origin not on the ledger',
        affected: [{ sharePpm: 400_000 }],
      },
    ]);
  });

  test('not enough evidence for a lot without tracked content, or an origin in no country', () => {
    const { builder, refinery } = cobalt();
    const [empty] = builder.make(refinery, { process: 'declare', outputs: [[]], day: 1 }) as [Hex];
    expect(answerOf(builder.history(empty), rule)).toBe('not enough evidence');
    expect(answerOf(cobalt({ mineCountry: 999 }).history(), rule)).toBe('not enough evidence');
  });
});

describe('red flags of sites', () => {
  test('(c) mined in a country known for transit: answered by an assessment or a document, else not', () => {
    const rule = 'red-flag-c';
    expect(answerOf(cobalt({ mineCountry: SOUTH_AFRICA }).history(), rule)).toBe('meets');
    const { builder, mine, history } = cobalt({ mineCountry: SOUTH_AFRICA, mineAudit: null });
    expect(answerOf(history(), rule)).toBe('not enough evidence');
    builder.attest(mine, 'IRMA', { outcome: 'alert', from: 1, until: 100 });
    expect(answerOf(history(), rule)).toBe('does not meet');
    const node = builder.facilities.get(mine);
    const evidence = builder.document({ 'documents[2].sha256': 'ab'.repeat(32) });
    if (node) builder.facilities.set(mine, { ...node, evidence });
    expect(answerOf(history(), rule)).toBe('meets');
  });

  test('(d) recycled, yet collected or refined in a country of risk: the site has to be audited', () => {
    const rule = 'red-flag-d';
    const { builder } = cobalt();
    const recycler = builder.site('recycler', CONGO);
    const [scrap] = builder.make(recycler, {
      process: 'collect',
      outputs: [[recycled(27, 10n)]],
      day: 10,
    }) as [Hex];
    const history = () => builder.history(scrap);
    expect(answerOf(cobalt().history(), rule)).toBe('meets');
    expect(answerOf(history(), rule)).toBe('not enough evidence');
    builder.attest(recycler, 'RMAP', { from: 10, until: 11 });
    expect(answerOf(history(), rule)).toBe('meets');
    builder.attest(recycler, 'RMAP', { outcome: 'alert', from: 10, until: 11 });
    expect(answerOf(history(), rule)).toBe('does not meet');
  });

  test('(e) a supplier that also operates in a country of risk: attested there or as a party, else not', () => {
    const rule = 'red-flag-e';
    const { builder, mine, lot } = cobalt();
    const plant = builder.site('manufacturer', AUSTRALIA, builder.operatorOf(mine));
    const [cells] = builder.make(plant, {
      process: 'manufacture',
      inputs: [lot],
      outputs: [[primary(27, 900n)]],
      day: 40,
    }) as [Hex];
    const history = () => builder.history(cells);
    expect(answerOf(cobalt().history(), rule)).toBe('meets');
    expect(answerOf(history(), rule)).toBe('not enough evidence');
    builder.attest(partySubject(builder.operatorOf(mine)), 'RMAP', { from: 0, until: 100 });
    expect(answerOf(history(), rule)).toBe('meets');
  });

  test('(b) and (f) are said not to be told, and do not count', () => {
    const certificate = certificateOf(cobalt().history());
    for (const rule of ['red-flag-b', 'red-flag-f'])
      expect(certificate.rules.find(({ id }) => id === rule)?.answer).toBe('not judged');
    expect(certificate.verdict).toBe('meets');
  });

  test('(g) what was recorded late is information', () => {
    const { builder, history } = cobalt();
    for (const [id, production] of builder.productions)
      builder.productions.set(id, { ...production, recordedAt: production.occurredAt + 31 * 86_400 });
    expect(findingsOf(history(), 'red-flag-g')).toHaveLength(1);
    expect(findingsOf(history(), 'red-flag-g')[0]?.sites).toHaveLength(2);
    expect(findingsOf(history(), 'red-flag-g')[0]?.detail).toContain(
      'was of 2026-01-11 and was recorded on 2026-02-11, 31 days after',
    );
    expect(certificateOf(history()).verdict).toBe('meets');
  });
});
