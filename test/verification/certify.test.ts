import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Hex } from '../../src/protocol/hex.ts';
import { certificateJson } from '../../src/verification/certificate.ts';
import { certify } from '../../src/verification/certify.ts';
import { policyHash, policyJson } from '../../src/verification/policy.ts';
import { HistoryBuilder, primary, recycled } from '../provenance/builder.ts';
import { randomLedger } from '../provenance/random-history.ts';
import { CONGO, certificateOf, cobalt, FINLAND, highRisk, policyWith } from './story.ts';

describe('the certificate of a lot where everything is in order', () => {
  test('meets the policy, in words', () => {
    const { history } = cobalt();
    const certificate = certificateOf(history());
    expect(certificate.findings.filter(({ severity }) => severity !== 'information')).toEqual([]);
    expect(certificate.verdict).toBe('meets');
    expect(certificate.sentence).toBe(
      'This lot of 901 mg (cobalt) meets OECD due diligence guidance, 3rd edition, version 1: every question that the ledger can answer is answered.',
    );
  });

  test('shows origin, countries, custody and the attestations relied on', () => {
    const { history, mine, audits, leg } = cobalt();
    const certificate = certificateOf(history());
    expect(certificate.origins).toMatchObject([
      { kind: 'mined', process: 'extract', milligrams: '900', sharePpm: 1_000_000, site: { facility: mine } },
    ]);
    expect(certificate.byCountry).toMatchObject([
      { country: { alpha2: 'CD', name: 'DR Congo' }, milligrams: '900' },
    ]);
    expect(certificate.custody.map(({ kind }) => kind)).toEqual(['production', 'leg', 'production']);
    expect(certificate.custody[1]).toMatchObject({
      statement: leg.dispatch,
      transitCountries: [{ alpha2: 'ZM' }, { alpha2: 'ZA' }],
      carried: [{ milligrams: '900' }],
      outcome: 'accept',
    });
    expect(certificate.attestations.map(({ attestation }) => attestation)).toEqual(
      [audits.refinery, audits.mine].map((audit) => audit?.id),
    );
    expect(certificate.attestations[0]?.recordedAt).toBe(audits.refinery?.recordedAt);
    expect(certificate.materials).toMatchObject([{ recycledPpm: 0, custody: { declared: 'segregated' } }]);
  });

  test('names what is disclosed, and says what is not', () => {
    const { history, builder, mine, refinery } = cobalt();
    const node = builder.facilities.get(mine);
    if (node) builder.facilities.set(mine, { ...node, evidence: builder.document({ name: 'Kalenga' }) });
    const certificate = certificateOf(history());
    expect(certificate.origins[0]?.site.name).toBe('Kalenga');
    expect(
      certificate.missing.filter(({ what }) => what === 'site-document').map(({ subject }) => subject),
    ).toEqual([refinery]);
  });

  test('is the same, byte for byte, in whatever order the rows come', () => {
    const { history } = cobalt();
    const rows = history();
    const turned = {
      ...rows,
      lots: new Map([...rows.lots].toReversed()),
      productions: new Map([...rows.productions].toReversed()),
      facilities: new Map([...rows.facilities].toReversed()),
      attestations: rows.attestations.toReversed(),
    };
    expect(JSON.stringify(certificateOf(turned))).toBe(JSON.stringify(certificateOf(rows)));
  });
});

describe('shares', () => {
  test('of mined, collected, declared and converted material sum to the content and to one', () => {
    const builder = new HistoryBuilder();
    const mine = builder.site('mine', CONGO);
    const recycler = builder.site('recycler', FINLAND);
    const [mined] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 100n)]], day: 1 }) as [
      Hex,
    ];
    const [stock] = builder.make(mine, { process: 'declare', outputs: [[primary(27, 100n)]], day: 1 }) as [
      Hex,
    ];
    const [scrap] = builder.make(recycler, {
      process: 'collect',
      outputs: [[recycled(27, 100n)]],
      day: 1,
    }) as [Hex];
    const [lot] = builder.make(recycler, {
      process: 'recycle',
      inputs: [mined, stock, scrap],
      outputs: [[primary(27, 101n), recycled(27, 199n)]],
      day: 2,
    }) as [Hex];
    const { origins, byCountry, materials } = certificateOf(builder.history(lot));
    expect(origins.map(({ kind, process }) => `${kind} ${process}`).sort()).toEqual([
      'collected collect',
      'converted declare',
      'converted extract',
      'declared declare',
      'mined extract',
    ]);
    expect(origins.reduce((sum, { milligrams }) => sum + BigInt(milligrams), 0n)).toBe(300n);
    expect(origins.reduce((sum, { sharePpm }) => sum + sharePpm, 0)).toBe(1_000_000);
    expect(byCountry.reduce((sum, { sharePpm }) => sum + sharePpm, 0)).toBe(1_000_000);
    expect(byCountry.find(({ country }) => country === null)?.milligrams).toBe('99');
    expect(materials).toMatchObject([{ recycledMilligrams: '199', recycledPpm: 663_333 }]);
  });
});

describe('certificates never fail', () => {
  const policy = policyWith([highRisk]);

  test('on random ledgers they are of the schema, and the answer of the verdict is among the rules', () => {
    fc.assert(
      fc.property(randomLedger, ({ builder, lots }) => {
        for (const lot of lots) {
          const certificate = certify(builder.history(lot), policy);
          expect(certificateJson.parse(JSON.parse(JSON.stringify(certificate)))).toEqual(certificate);
          expect(certificate.rules.some(({ answer }) => answer === certificate.verdict)).toBe(true);
          for (const { summary } of certificate.rules) expect(summary).not.toMatch(/\b0 [a-z]/);
          for (const { detail } of certificate.findings) expect(detail).not.toMatch(/0x[\da-f]{40}/);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('with parts of the history torn out, there is not enough evidence and the hole is named', () => {
    fc.assert(
      fc.property(
        randomLedger,
        fc.nat(),
        fc.constantFrom('lots', 'productions', 'facilities'),
        (ledger, at, part) => {
          const { builder, lots } = ledger;
          const rows: Map<Hex, unknown> = builder[part as 'lots'];
          const gone = [...rows.keys()][at % rows.size] as Hex;
          rows.delete(gone);
          const certificate = certify(builder.history(lots.at(-1) as Hex), policy);
          certificateJson.parse(certificate);
          if (certificate.missing.some(({ what }) => what === 'record')) {
            expect(certificate.verdict).toBe('not enough evidence');
            expect(certificate.sentence).toMatch(/history is not whole/);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a policy is data', () => {
  test('that its own schema accepts, and that a hash names', () => {
    const policy = policyWith([highRisk]);
    expect(policyJson.parse(JSON.parse(JSON.stringify(policy)))).toEqual(policy);
    expect(policyHash(policy)).not.toBe(policyHash(policyWith([])));
    expect(policyHash(policy)).toBe(policyHash(policyWith([highRisk])));
  });

  test('whose every rule has a clause and a source, and says where nobody has checked it', () => {
    for (const rule of policyWith([]).rules) {
      expect(rule.clause).not.toBe('');
      expect(rule.source).toMatch(/OECD/);
    }
    const unverified = policyWith([]).rules.filter((rule) => rule.unverified);
    expect(unverified.map(({ id }) => id)).toEqual([
      'smelters-audited',
      'red-flag-d',
      'red-flag-g',
      'custody-documented',
    ]);
  });

  test('whose rules are asked only while in force', () => {
    const { history } = cobalt();
    const policy = policyWith([highRisk]);
    const later = {
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, validFrom: history().asOf.time + 1 })),
    };
    const certificate = certify(history(), later);
    expect(certificate.rules).toEqual([]);
    expect(certificate.verdict).toBe('not enough evidence');
  });

  test('about the materials that it names, and no others', () => {
    const { history } = cobalt({ smelterAudit: null });
    const copperOnly = { ...policyWith([highRisk]), materials: [29] };
    const certificate = certify(history(), copperOnly);
    expect(certificate.rules.find(({ id }) => id === 'smelters-audited')?.answer).toBe('meets');
    expect(certificate.rules.find(({ id }) => id === 'origin-known')?.answer).toBe('not enough evidence');
  });
});
