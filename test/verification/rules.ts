import type { History } from '../../src/provenance/history.ts';
import { certify } from '../../src/verification/certify.ts';
import { chainSchemes, mineSchemes } from '../../src/verification/policies/schemes.ts';
import type { CheckName, CountryList, Parameters, Policy, Rule } from '../../src/verification/policy.ts';
import { onDay } from '../provenance/builder.ts';
import { CONGO } from './story.ts';

/** Countries of a list for tests, in force from a day until a day (null: for good). */
export function listOf(countries: number[], from = -1_000, until: number | null = null): CountryList {
  return {
    id: 'test-list',
    title: 'Countries for tests',
    source: 'made up for tests',
    validFrom: onDay(from),
    validUntil: until === null ? null : onDay(until),
    countries,
  };
}

/** A rule that asks one check, for all time. */
export function ruleOf<Name extends CheckName>(
  check: Name,
  parameters: Parameters<Name>,
  change: Partial<Rule> = {},
): Rule {
  return {
    id: check,
    clause: `clause of ${check}`,
    question: 'made up for tests',
    source: 'made up for tests',
    validFrom: 0,
    validUntil: null,
    check,
    parameters,
    ...change,
  } as Rule;
}

/** A policy of these rules alone. */
export function policyOf(...rules: Rule[]): Policy {
  return {
    id: 'test-policy',
    version: '1',
    name: 'A policy for tests',
    source: 'made up for tests',
    materials: null,
    countries: { covered: [], highRisk: [], transitLevel: [] },
    rules,
  };
}

/** What a check alone answers of a history, and the findings that it gives. */
export function ask<Name extends CheckName>(
  history: History,
  check: Name,
  parameters: Parameters<Name>,
  change: Partial<Rule> = {},
) {
  const { rules, findings, verdict } = certify(history, policyOf(ruleOf(check, parameters, change)));
  return { answer: rules[0]?.answer, summary: rules[0]?.summary, findings, verdict };
}

const share = { maxPpm: 600_000, materials: null };

/** Asks everything that the shipped due diligence does not, where a history told by site answers as the whole does. */
export const everyNewRule: Policy = policyOf(
  ruleOf(
    'countries',
    { of: 'sites', refused: [listOf([466, 894], 4, 12)], allowed: null },
    { id: 'refused' },
  ),
  ruleOf('countries', {
    of: 'origins',
    refused: [],
    allowed: [listOf([CONGO, 246, 36, 710], -10, 9), listOf([CONGO, 246], 11)],
  }),
  ruleOf('recycled-share', {
    atLeast: [
      { material: 27, ppm: 200_000 },
      { material: 28, ppm: 500_000 },
    ],
  }),
  ruleOf('share-at-most', { ...share, of: 'country', stage: 'extraction', exempt: [] }, { id: 'by-country' }),
  ruleOf('share-at-most', { ...share, of: 'site', stage: 'extraction', exempt: [listOf([36])] }),
  ruleOf(
    'share-at-most',
    { ...share, of: 'country', stage: 'processing', exempt: [] },
    { id: 'processing', indicator: true },
  ),
  ruleOf('custody-model', { atLeast: 'segregated', materials: null, schemes: chainSchemes }),
  ruleOf(
    'custody-model',
    { atLeast: 'identity-preserved', materials: [28], schemes: [] },
    { id: 'identity' },
  ),
  ruleOf('origin-attested', { schemes: mineSchemes, materials: [27] }),
  ruleOf('recorded-within', { seconds: 30 * 86_400 }),
  ruleOf('custody-unbroken', {}),
  ruleOf('weighed-within', { weighingTolerancePpm: 5_000 }),
  ruleOf('within-capacity', {
    sites: ['mine', 'smelter-or-refiner', 'manufacturer', 'recycler'],
    materials: [27],
  }),
  ruleOf('transit-speed', { maxKmPerHour: 1_000 }),
  ruleOf('lot-mass-at-most', { limits: [{ codes: ['2605'], isPart: false, milligrams: '1000000000000' }] }),
);
