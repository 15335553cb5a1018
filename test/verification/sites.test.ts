import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { partySubject } from '../../src/protocol/hex.ts';
import { onDay, primary, recycled } from '../provenance/builder.ts';
import { AUSTRALIA, answerOf, CONGO, certificateOf, cobalt, findingsOf, SOUTH_AFRICA } from './story.ts';

describe('smelters and refiners are audited', () => {
  const rule = 'smelters-audited';

  test('meets: an accepted audit was in force', () => {
    expect(answerOf(cobalt().history(), rule)).toBe('meets');
    expect(answerOf(cobalt({ smelterAudit: ['rmap', -1, 100] }).history(), rule)).toBe('meets');
  });

  test('not enough evidence: none, one under another scheme, or one for gold alone', () => {
    for (const smelterAudit of [null, ['ISO 14001', -1, 100], ['LBMA', -1, 100]] as const) {
      const { history } = cobalt({ smelterAudit: smelterAudit && [...smelterAudit] });
      expect(answerOf(history(), rule)).toBe('not enough evidence');
    }
  });

  test('the first second counts, the last does not', () => {
    expect(answerOf(cobalt({ smelterAudit: ['RMAP', 30, 31] }).history(), rule)).toBe('meets');
    expect(answerOf(cobalt({ smelterAudit: ['RMAP', 29, 30] }).history(), rule)).toBe('not enough evidence');
  });

  test('does not meet: a non-conformance was open, however good things were later', () => {
    const { builder, refinery, history } = cobalt();
    builder.attest(refinery, 'RMAP', { outcome: 'non-conformant', from: 25, until: 100 });
    builder.attest(refinery, 'RMAP', { from: 40, until: 100 });
    expect(answerOf(history(), rule)).toBe('does not meet');
    expect(certificateOf(history()).verdict).toBe('does not meet');
  });

  test('meets: the non-conformance had been closed before', () => {
    const { builder, refinery, history } = cobalt();
    builder.attest(refinery, 'RMAP', { outcome: 'non-conformant', from: 20, until: 100 });
    builder.attest(refinery, 'RMAP', { from: 29, until: 100 });
    expect(answerOf(history(), rule)).toBe('meets');
  });

  test('the finding says where, how much and what would mend it', () => {
    const { history, refinery } = cobalt({ smelterAudit: ['RMAP', -100, 20] });
    const [finding] = findingsOf(history(), rule);
    expect(finding).toMatchObject({
      severity: 'gap',
      clause: 'Step 4: independent audit at the choke point',
      sites: [{ facility: refinery }],
      affected: [{ material: { symbol: 'Co' }, milligrams: '900', sharePpm: 1_000_000 }],
    });
    expect(finding?.detail).toContain('in force from 2025-09-23 until 2026-01-21');
    expect(finding?.mend).toContain('in force on 2026-01-31');
  });

  test('only the part that passed there is affected, and refining anywhere counts', () => {
    const { builder, lot, mine } = cobalt();
    const plant = builder.site('manufacturer', AUSTRALIA, builder.operatorOf(mine));
    const [other] = builder.make(plant, { process: 'declare', outputs: [[primary(27, 100n)]], day: 30 }) as [
      Hex,
    ];
    const [refined] = builder.make(plant, {
      process: 'refine',
      inputs: [other],
      outputs: [[primary(27, 100n)]],
      day: 31,
    }) as [Hex];
    const [blend] = builder.make(plant, {
      process: 'blend',
      inputs: [lot, refined],
      outputs: [[primary(27, 500n)]],
      day: 32,
    }) as [Hex];
    const [finding] = findingsOf(builder.history(blend), rule);
    expect(finding?.affected).toMatchObject([{ milligrams: '50', sharePpm: 100_000 }]);
  });

  test('an auditor who lost the accreditation since is information', () => {
    const { builder, history, audits } = cobalt();
    builder.attestations.splice(
      0,
      2,
      ...builder.attestations.map((one) => ({ ...one, accreditedNow: one.id !== audits.refinery?.id })),
    );
    expect(answerOf(history(), rule)).toBe('meets');
    expect(findingsOf(history(), rule)).toMatchObject([
      { severity: 'information', statements: [audits.refinery?.id] },
    ]);
  });
});

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
    expect(finding).toMatchObject({ severity: 'gap', affected: [{ milligrams: '1', sharePpm: 1_109 }] });
    expect(finding?.title).toBe('1 mg of cobalt: origin not on the ledger');
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
    const evidence = builder.document({ 'documents[2].sha256': 'ab' });
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
      '31 days after (2026-01-11, recorded 2026-02-11)',
    );
    expect(certificateOf(history()).verdict).toBe('meets');
  });
});

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
});
