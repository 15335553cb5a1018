import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/verification/certificate.ts';
import { certify } from '../../src/verification/certify.ts';
import { type CheckName, policySchema } from '../../src/verification/policy.ts';
import { onDay } from '../provenance/builder.ts';
import { expectBothLanguages } from '../web/french.ts';
import { expectActionable } from './actionable.ts';
import type { Asked, Cases, Edge } from './cases/case.ts';
import * as content from './cases/of-content.ts';
import * as sites from './cases/of-sites.ts';
import { policyOf, ruleOf } from './rules.ts';
import { cobalt } from './story.ts';

/** A row for each check that a rule can call: without one, this is not of its type, and the first test fails. */
const all: { readonly [Name in CheckName]: Cases<Name> } = {
  'smelters-audited': sites.smeltersAudited,
  'origin-known': sites.originKnown,
  'transit-known': content.transitKnown,
  'high-risk-origins-assessed': sites.highRiskOriginsAssessed,
  'high-risk-transit-answered': sites.highRiskTransitAnswered,
  'transit-level-origins-answered': sites.transitLevelOriginsAnswered,
  'recycled-in-high-risk-answered': sites.recycledInHighRiskAnswered,
  'high-risk-suppliers-answered': sites.highRiskSuppliersAnswered,
  anomalies: sites.anomalies,
  'nothing-adverse-open': sites.nothingAdverseOpen,
  'custody-documented': content.custodyDocumented,
  'not-told': sites.notTold,
  countries: content.countries,
  'recycled-share': content.recycledShare,
  'share-at-most': content.shareAtMost,
  'custody-model': content.custodyModel,
  'origin-attested': sites.originAttested,
  'recorded-within': content.recordedWithin,
  'custody-unbroken': content.custodyUnbroken,
  'weighed-within': content.weighedWithin,
  'within-capacity': content.withinCapacity,
  'transit-speed': content.transitSpeed,
  'lot-mass-at-most': content.lotMassAtMost,
};

/** What a check answers alone; its findings are such that a person can act on them. */
function answer<Name extends CheckName>(
  check: Name,
  { history, parameters, lists = {} }: Asked<Name>,
  during: { validFrom?: number; validUntil?: number } = {},
) {
  const policy = policyOf(ruleOf(check, parameters, during));
  const asked = { ...policy, countries: { ...policy.countries, ...lists } };
  const certificate = certify(history, asked);
  expectActionable(certificate, asked);
  expectBothLanguages(certificate);
  return { answer: certificate.rules[0]?.answer, findings: certificate.findings };
}

function expectEdge<Name extends CheckName>(check: Name, { at, beyond, becomes }: Edge<Name>) {
  const [before, after] = [answer(check, at), answer(check, beyond)];
  expect(before.answer).toBe('meets');
  if (becomes !== 'a finding') expect(after.answer).toBe(becomes);
  else expect([before.findings.length > 0, after.findings.length > 0]).toEqual([false, true]);
}

test('each check that a rule can call has its cases', () => {
  const { properties } = policySchema() as {
    properties: { rules: { items: { oneOf: { properties: { check: { const: string } } }[] } } };
  };
  const checks = properties.rules.items.oneOf.map(({ properties: { check } }) => check.const);
  expect(checks.toSorted()).toEqual(Object.keys(all).toSorted());
});

describe.each(Object.entries(all) as [CheckName, Cases<CheckName>][])('%s', (check, cases) => {
  const verdicts: Verdict[] = ['meets', 'does not meet', 'not enough evidence'];
  for (const verdict of verdicts) {
    const asked = cases[verdict];
    if (typeof asked === 'string') continue;
    test(`answers "${verdict}"`, () => expect(answer(check, asked).answer).toBe(verdict));
  }

  const { number, date } = cases;
  if (typeof number !== 'string') test('to the exact number', () => expectEdge(check, number));
  if (typeof date !== 'string') test('to the very second', () => expectEdge(check, date));

  test('is asked from the first second of its rule on, and until its last', () => {
    const some = verdicts.map((verdict) => cases[verdict]).find((one) => typeof one !== 'string');
    const asked = some ?? { history: cobalt().history(), parameters: { why: 'for a test' } };
    const now = onDay(300);
    const during = (validFrom: number, validUntil: number) =>
      answer(check, asked as Asked<CheckName>, { validFrom, validUntil }).answer !== undefined;
    expect([during(now, now + 1), during(now + 1, now + 9), during(0, now)]).toEqual([true, false, false]);
  });
});
