import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Hex, partySubject } from '../../src/protocol/hex.ts';
import { certify, certifyDigest } from '../../src/verification/certify.ts';
import { HistoryBuilder, onDay, primary } from '../provenance/builder.ts';
import { randomLedger } from '../provenance/random-history.ts';
import { expectNoMore, expectSameMasses, gist } from './agreeing.ts';
import { digestOf } from './digest-of.ts';
import { everyNewRule } from './rules.ts';
import { highRisk, policyWith } from './story.ts';

const COUNTRIES = [180, 246, 466, 36, 710, 894];
const SCHEMES = ['RMAP', 'IRMA', 'ITSCI', 'IRMA Chain of Custody', 'of no policy'];
const MODELS = ['identity-preserved', 'identity-preserved', 'segregated', 'mass-balance'] as const;
const OUTCOMES = ['conformant', 'conformant', 'conformant', 'conformant', 'non-conformant', 'alert'] as const;

const CAPACITIES = [
  { 'capacity.27.milligramsPerYear': '60' },
  { 'capacity.27.milligramsPerYear': '1000000' },
  { name: 'hides it' },
];

const saying = fc.record({
  subject: fc.nat({ max: 60 }),
  kind: fc.constantFrom('site', 'site', 'site', 'site', 'party', 'lot'),
  scheme: fc.nat({ max: SCHEMES.length - 1 }),
  outcome: fc.nat({ max: OUTCOMES.length - 1 }),
  from: fc.integer({ min: -10, max: 30 }),
  days: fc.integer({ min: 1, max: 60 }),
  recorded: fc.integer({ min: 0, max: 40 }),
  revoked: fc.option(fc.integer({ min: -10, max: 40 })),
});

const trip = fc.record({
  lot: fc.nat({ max: 40 }),
  to: fc.nat({ max: 7 }),
  day: fc.integer({ min: 0, max: 20 }),
  shows: fc.constantFrom('nothing', 'transit', 'high', 'document'),
  ending: fc.constantFrom('accept', 'accept', 'refuse'),
  weighed: fc.constantFrom(null, 50n, 150n),
  late: fc.boolean(),
});

const SHOWN = {
  transit: { transitCountries: ['ZM'] },
  high: { transitCountries: ['ML'] },
  document: { transitCountries: [], 'documents[0].sha256': 'ab'.repeat(32) },
};

/** A random ledger in which lots travel, sites are attested, and evidence is shown, for better or worse. */
const attestedLedger = fc
  .record({
    ledger: randomLedger,
    trips: fc.array(trip, { maxLength: 10 }),
    sayings: fc.array(saying, { maxLength: 14 }),
    countries: fc.array(fc.nat({ max: COUNTRIES.length - 1 }), { minLength: 8, maxLength: 8 }),
    everywhere: fc.boolean(),
    tardy: fc.array(fc.nat({ max: 40 }), { maxLength: 2 }),
    models: fc.array(fc.constantFrom(...MODELS), { minLength: 14, maxLength: 14 }),
  })
  .map(({ ledger: { builder, lots }, trips, sayings, countries, everywhere, tardy, models }) => {
    for (const [index, one] of [...builder.productions.values()].entries()) {
      const recordedAt = tardy.includes(index) ? one.occurredAt + 40 * 86_400 : one.recordedAt;
      const custodyModel = models[index] ?? one.custodyModel;
      builder.productions.set(one.id, { ...one, recordedAt, custodyModel });
    }
    const sites = [...builder.facilities.values()];
    for (const [index, site] of sites.entries())
      builder.facilities.set(site.id, {
        ...site,
        country: COUNTRIES[countries[index] ?? 0] ?? 36,
        evidence: builder.document(CAPACITIES[index % CAPACITIES.length] ?? {}),
      });
    for (const one of trips) travel(builder, lots, one);
    if (everywhere)
      for (const { id } of sites)
        for (const scheme of ['RMAP', 'IRMA']) builder.attest(id, scheme, { from: -20, until: 200 });
    for (const one of sayings) say(builder, lots, one);
    return { builder, lots };
  });

function travel(
  builder: HistoryBuilder,
  lots: readonly Hex[],
  one: typeof trip extends fc.Arbitrary<infer T> ? T : never,
) {
  const lot = lots[one.lot % lots.length] as Hex;
  const sites = [...builder.facilities.keys()];
  const from = builder.productions.get(builder.lots.get(lot)?.production ?? '0x')?.facility as Hex;
  const leg = builder.send(lot, [from, sites[one.to] as Hex], one.day);
  const evidence = one.shows === 'nothing' ? leg.evidence : builder.document(SHOWN[one.shows]);
  const receipt = leg.receipt && {
    ...leg.receipt,
    kind: one.ending,
    weighed: one.weighed && ((builder.lots.get(lot)?.milligrams ?? 0n) * one.weighed) / 100n,
    recordedAt: leg.receipt.occurredAt + (one.late ? 40 * 86_400 : 60),
  };
  const legs = builder.legs.get(lot) ?? [];
  builder.legs.set(lot, [...legs.slice(0, -1), { ...leg, evidence, receipt }]);
}

function say(
  builder: HistoryBuilder,
  lots: readonly Hex[],
  one: typeof saying extends fc.Arbitrary<infer T> ? T : never,
) {
  const sites = [...builder.facilities.values()];
  const site = sites[one.subject % sites.length] as (typeof sites)[number];
  const subject =
    one.kind === 'site'
      ? site.id
      : one.kind === 'party'
        ? partySubject(site.operator)
        : (lots[one.subject % lots.length] as Hex);
  const attestation = builder.attest(subject, SCHEMES[one.scheme] ?? '', {
    ...{ from: one.from, until: one.from + one.days, outcome: OUTCOMES[one.outcome] ?? 'conformant' },
    recordedAt: onDay(one.from + one.recorded),
  });
  if (one.revoked !== null) builder.revoke(attestation, one.from + one.revoked);
}

const policies = [policyWith([highRisk]), policyWith([]), everyNewRule] as const;

describe('a history told by site', () => {
  test('answers as the whole one does, and as it says', () => {
    const seen = { exact: 0, hangs: 0 };
    fc.assert(
      fc.property(attestedLedger, fc.nat({ max: 2 }), ({ builder, lots }, which) => {
        const policy = policies[which] as (typeof policies)[number];
        for (const lot of lots.slice(-3)) {
          const history = builder.history(lot);
          const whole = certify(history, policy);
          const told = certifyDigest(digestOf(history), policy);
          if (told.isExact) {
            seen.exact += 1;
            expect(gist(told.certificate)).toEqual(gist(whole));
            expectSameMasses(whole, told.certificate);
          } else {
            seen.hangs += 1;
            const asked = certifyDigest(digestOf(history, true), policy).certificate;
            expect(gist(asked)).toEqual(gist(whole));
            expectNoMore(whole, asked);
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(seen.exact).toBeGreaterThan(20);
    expect(seen.hangs).toBeGreaterThan(20);
  }, 60_000);

  const refined = (days: readonly number[]) => {
    const builder = new HistoryBuilder();
    const plant = builder.site('smelter-or-refiner', 246);
    let [lot] = builder.make(plant, { process: 'declare', outputs: [[primary(27, 10n)]], day: 0 }) as [Hex];
    for (const day of days) {
      const more = builder.make(plant, { process: 'declare', outputs: [[primary(27, 10n)]], day });
      const content = [primary(27, (builder.lots.get(lot)?.content[0]?.milligrams ?? 0n) + 10n)];
      [lot] = builder.make(plant, { process: 'refine', inputs: [lot, ...more], outputs: [content], day }) as [
        Hex,
      ];
    }
    return { builder, plant, history: () => builder.history(lot) };
  };

  test('does not take what is affected at both ends of a span for what is affected in all of it', () => {
    const { builder, plant, history } = refined([10, 50, 100]);
    builder.attest(plant, 'RMAP', { from: 40, until: 60 });
    const told = certifyDigest(digestOf(history()), policies[0]);
    expect(told).toMatchObject({ isSettled: true, isExact: false });
    expect(told.certificate.findings.find(({ rule }) => rule === 'smelters-audited')).toMatchObject({
      atMost: true,
    });
  });

  test('does not overlook what was dated before an alert and recorded before it was withdrawn', () => {
    const { builder, plant, history } = refined([4, 5, 60]);
    for (const [id, production] of builder.productions)
      if (production.occurredAt === onDay(5))
        builder.productions.set(id, { ...production, recordedAt: onDay(25) });
    const alert = builder.attest(plant, 'RMAP', {
      outcome: 'alert',
      from: 10,
      until: 200,
      recordedAt: onDay(20),
    });
    builder.revoke(alert, 30);
    expect(certifyDigest(digestOf(history()), policies[0]).isSettled).toBe(false);
  });

  test('hangs on which of a route’s dispatches were the lot’s, where they disclose different things', () => {
    const builder = new HistoryBuilder();
    const [mine, plant] = [builder.site('mine', 180), builder.site('smelter-or-refiner', 246)];
    const lots = [1, 2].flatMap((day) => {
      const [lot] = builder.make(mine, { process: 'extract', outputs: [[primary(27, 10n)]], day }) as [Hex];
      const evidence = builder.document(day === 1 ? { transitCountries: ['ZM'] } : { carrier: 'x' });
      builder.send(lot, [mine, plant], day + 1, { evidence });
      return [lot];
    });
    const [blend] = builder.make(plant, {
      process: 'refine',
      inputs: lots,
      outputs: [[primary(27, 20n)]],
      day: 9,
    }) as [Hex];
    expect(certifyDigest(digestOf(builder.history(blend)), policies[0]).isSettled).toBe(false);
  });
});
