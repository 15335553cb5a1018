import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { HistoryBuilder, onDay, primary, recycled } from '../provenance/builder.ts';
import { AUSTRALIA, answerOf, certificateOf, cobalt, FINLAND, findingsOf, ruleOf } from './story.ts';

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

describe('all material passes a smelter, refiner or recycler', () => {
  const rule = 'smelters-audited';
  const cells = 850760;

  /** Ore from the mine, worked up at a plant that calls itself a manufacturer. */
  function selfDescribed(process: 'manufacture' | 'blend' | 'refine', commodity: number) {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', AUSTRALIA);
    const plant = builder.site('manufacturer', FINLAND);
    const [ore] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 1_000n)]], day: 10 }) as [
      Hex,
    ];
    builder.send(ore, [mine, plant], 20);
    const outputs = [[primary(27, 900n)]];
    const [lot] = builder.make(plant, { process, inputs: [ore], outputs, day: 30, commodity }) as [Hex];
    return { builder, mine, plant, lot, history: () => builder.history(lot) };
  }

  test('not enough evidence for a product that nobody says to have refined, with where it entered', () => {
    const { history, mine } = selfDescribed('manufacture', cells);
    expect(findingsOf(history(), rule)).toMatchObject([
      {
        severity: 'gap',
        title: 'No smelter, refiner or recycler on the ledger handled this cobalt',
        affected: [{ milligrams: '900', sharePpm: 1_000_000 }],
        sites: [{ facility: mine }],
      },
    ]);
    expect(certificateOf(history()).verdict).toBe('not enough evidence');
  });

  test('nor does calling it an ore help once something is manufactured of it, or a code that no list has', () => {
    expect(answerOf(selfDescribed('manufacture', 260500).history(), rule)).toBe('not enough evidence');
    for (const commodity of [282200, 381900, 26050, 2605])
      expect(answerOf(selfDescribed('blend', commodity).history(), rule)).toBe('not enough evidence');
  });

  test('meets for what is still an ore, a concentrate, a mineral or scrap', () => {
    for (const commodity of [250410, 260500, 262099, 810530, 854913])
      expect(answerOf(selfDescribed('blend', commodity).history(), rule)).toBe('meets');
    expect(ruleOf(certificateOf(selfDescribed('blend', 260500).history()), rule)?.summary).toBe(
      'The material has passed no smelter, refiner or recycler; it need not have passed one yet.',
    );
  });

  test('meets where a refiner’s work is called by its name, and audited', () => {
    const { builder, plant, history } = selfDescribed('refine', cells);
    expect(answerOf(history(), rule)).toBe('not enough evidence');
    builder.attest(plant, 'RMAP', { from: 0, until: 100 });
    expect(answerOf(history(), rule)).toBe('meets');
    builder.attest(plant, 'RMAP', { outcome: 'alert', from: 5, until: 100 });
    expect(answerOf(history(), rule)).toBe('does not meet');
  });

  test('only the part that passed none is affected', () => {
    const { builder, refinery, lot } = cobalt();
    const outputs = [[primary(27, 100n)]];
    const mine = builder.site('mine', FINLAND, builder.operatorOf(refinery));
    const plant = builder.site('manufacturer', FINLAND, builder.operatorOf(refinery));
    const [ore] = builder.make(mine, { process: 'extract', outputs, day: 31 }) as [Hex];
    const made = {
      process: 'manufacture',
      outputs: [[primary(27, 500n)]],
      day: 32,
      commodity: cells,
    } as const;
    const [product] = builder.make(plant, {
      ...made,
      inputs: [lot, ore],
      outputs: [[primary(27, 500n)]],
    }) as [Hex];
    expect(findingsOf(builder.history(product), rule)).toMatchObject([
      { affected: [{ milligrams: '50', sharePpm: 100_000 }], sites: [{ facility: mine }] },
    ]);
  });

  test('recycling and conversion at a recycler count, and have to be audited', () => {
    for (const turn of [
      { process: 'recycle', from: recycled(27, 500n), kind: 'recycler' },
      { process: 'recycle', from: recycled(27, 500n), kind: 'manufacturer' },
      { process: 'blend', from: primary(27, 500n), kind: 'recycler' },
    ] as const) {
      const builder = new HistoryBuilder();
      const source = builder.site('recycler', FINLAND);
      const process = turn.from.recycled ? 'collect' : 'extract';
      const [scrap] = builder.make(source, { process, outputs: [[turn.from]], day: 1 }) as [Hex];
      const plant = builder.site(turn.kind, FINLAND, builder.operatorOf(source));
      const made = { inputs: [scrap], outputs: [[recycled(27, 400n)]], day: 2, commodity: 382499 };
      const [lot] = builder.make(plant, { process: turn.process, ...made }) as [Hex];
      expect(findingsOf(builder.history(lot), rule)).toMatchObject([{ sites: [{ facility: plant }] }]);
      builder.attest(plant, 'RMAP', { from: 0, until: 9 });
      expect(answerOf(builder.history(lot), rule)).toBe('meets');
      expect(answerOf(builder.history(scrap), rule)).toBe('meets');
    }
  });

  test('splitting and blending at a recycler, with nothing converted, do not', () => {
    const builder = new HistoryBuilder();
    const recycler = builder.site('recycler', FINLAND);
    const outputs = [[recycled(27, 500n)]];
    const [scrap] = builder.make(recycler, { process: 'collect', outputs, day: 1 }) as [Hex];
    const split = { inputs: [scrap], outputs: [[recycled(27, 400n)]], day: 2, commodity: 854913 };
    const [still] = builder.make(recycler, { process: 'split', ...split }) as [Hex];
    expect(answerOf(builder.history(still), rule)).toBe('meets');
  });
});

describe('many findings of one rule', () => {
  const rule = 'smelters-audited';

  /** The same cobalt through a row of refineries, twice; nobody audited the first `unaudited` of them. */
  function row(length: number, unaudited: number) {
    const { builder, lot } = cobalt();
    let current = lot;
    const sites = Array.from({ length }, () => builder.site('smelter-or-refiner', AUSTRALIA));
    for (const site of [...sites, ...sites])
      [current] = builder.make(site, {
        process: 'refine',
        inputs: [current],
        outputs: [[primary(27, 900n)]],
        day: 31,
      }) as [Hex];
    for (const site of sites.slice(unaudited)) builder.attest(site, 'RMAP', { from: 0, until: 100 });
    return { builder, sites, history: () => builder.history(current) };
  }

  test('are told apart up to twenty', () => {
    const findings = findingsOf(row(21, 20).history(), rule);
    expect(findings).toHaveLength(20);
    for (const { affected, sites } of findings)
      expect([affected[0]?.milligrams, sites.length]).toEqual(['900', 1]);
  });

  test('and beyond that together, with all their sites and each milligram once, the gravest first', () => {
    const { builder, sites, history } = row(25, 25);
    const last = sites.at(-1) as Hex;
    builder.attest(last, 'RMAP', { outcome: 'alert', from: 0, until: 100 });
    const findings = findingsOf(history(), rule);
    expect(findings).toHaveLength(21);
    expect(findings[0]).toMatchObject({ severity: 'breach', sites: [{ facility: last }] });
    expect(findings[20]).toMatchObject({
      severity: 'gap',
      title: '5 more findings of this kind',
      affected: [{ milligrams: '900', sharePpm: 1_000_000 }],
      sites: sites.slice(19, 24).map((facility) => ({ facility })),
    });
  });
});

describe('what is attested after the fact', () => {
  const late = { from: 29, until: 31, recordedAt: onDay(299) };

  test('counts, and is said once for all rules, with both dates', () => {
    const { builder, mine, refinery, history } = cobalt({ mineAudit: null, smelterAudit: null });
    builder.attest(refinery, 'RMAP', late);
    expect(answerOf(history(), 'smelters-audited')).toBe('meets');
    const findings = () =>
      certificateOf(history()).findings.filter(({ title }) => /after the fact/.test(title));
    expect(findings()).toMatchObject([
      {
        severity: 'information',
        title: 'An attestation was recorded after the fact',
        sites: [{ facility: refinery }],
      },
    ]);
    expect(findings()[0]?.detail).toMatch(/for an event on 2026-01-31 and was recorded on 2026-10-27/);
    builder.attest(mine, 'IRMA', { ...late, from: 0 });
    expect(findings()).toMatchObject([{ title: '2 attestations were recorded after the fact' }]);
    expect(findings()[0]?.detail).toMatch(/^The longest after: IRMA .* 2026-01-11 .* 2026-10-27/);
  });

  test('is not what was recorded by the second of the event', () => {
    for (const [recordedAt, found] of [
      [onDay(30), 0],
      [onDay(30) + 1, 1],
    ] as const) {
      const { builder, refinery, history } = cobalt({ smelterAudit: null });
      builder.attest(refinery, 'RMAP', { ...late, recordedAt });
      expect(findingsOf(history(), 'smelters-audited')).toHaveLength(found);
    }
  });

  test('nor asked about where another attestation had said it in time', () => {
    const { builder, mine, refinery, leg, history } = cobalt();
    for (const subject of [mine, refinery, leg.lot]) builder.attest(subject, 'RMAP', { ...late, from: 0 });
    const { findings } = certificateOf(history());
    expect(findings).toEqual([]);
  });
});
