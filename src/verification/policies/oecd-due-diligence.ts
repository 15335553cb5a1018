import type { CountryList, Policy, Rule } from '../policy.ts';
import { unprocessed } from './commodities.ts';
import { coveredCountries, transitLevelCountries } from './country-lists.ts';
import { chainSchemes, mineSchemes, smelterSchemes } from './schemes.ts';

const GUIDANCE =
  'OECD Due Diligence Guidance for Responsible Supply Chains of Minerals from Conflict-Affected and High-Risk Areas, 3rd edition (2016)';

/** The edition's year is known, its day is not: in force from 1 January 2016. */
const dated = { source: GUIDANCE, validFrom: Date.UTC(2016, 0, 1) / 1000, validUntil: null };
const documents = ['documents[i].sha256'];
const anyScheme = [
  ...smelterSchemes,
  ...mineSchemes.filter((scheme) => !smelterSchemes.includes(scheme)),
  ...chainSchemes,
];

const auditRules: Rule[] = [
  {
    ...dated,
    id: 'smelters-audited',
    clause: 'Step 4: independent audit at the choke point',
    question:
      'Did all material pass a smelter, refiner or recycler that was audited under an accepted scheme at the time?',
    note: 'Recyclers count as refiners of recycled material: that the guidance says so has not been checked. Ores, concentrates, minerals and scrap need not have passed one yet; which codes these are is our choice.',
    unverified: true,
    check: 'smelters-audited',
    parameters: { schemes: smelterSchemes, unprocessed: [unprocessed] },
  },
  {
    ...dated,
    id: 'origin-known',
    clause: 'Step 2: identify and assess risk (origin)',
    question: 'Is the origin of all material on the ledger?',
    note: 'The threshold of 0 is our choice: any declared stock is shown as not enough evidence.',
    check: 'origin-known',
    parameters: { undeclaredMaxPpm: 0 },
  },
  {
    ...dated,
    id: 'transit-known',
    clause: 'Step 2: identify and assess risk (transit)',
    question: 'Is the way disclosed wherever material crossed a border from or to a high-risk country?',
    check: 'transit-known',
    parameters: {},
  },
  {
    ...dated,
    id: 'high-risk-origins-assessed',
    clause: 'Step 2 and red flag (a), origin: assessment on site',
    question:
      'Was every mine in a covered or high-risk country assessed under an accepted scheme at the time?',
    note: 'Covered countries (Dodd-Frank 1502) are treated as high-risk; a list of high-risk areas adds to them.',
    check: 'high-risk-origins-assessed',
    parameters: { schemes: mineSchemes },
  },
];

const flagRules: Rule[] = [
  {
    ...dated,
    id: 'red-flag-a-transit',
    clause: 'Red flag (a), transit through a high-risk country',
    question: 'Is transit through covered or high-risk countries answered by a document or an attestation?',
    check: 'high-risk-transit-answered',
    parameters: { schemes: anyScheme, documents },
  },
  {
    ...dated,
    id: 'red-flag-b',
    clause: 'Red flag (b), more than the country of origin can supply',
    question: 'Can the reserves and production of each country of origin support the volume?',
    check: 'not-told',
    parameters: { why: 'The ledger holds no reserves or production of countries.' },
  },
  {
    ...dated,
    id: 'red-flag-c',
    clause: 'Red flag (c), origin in a country known for transit',
    question:
      'Is material said to be mined in a country known for transit answered by a document or an attestation?',
    check: 'transit-level-origins-answered',
    parameters: { schemes: mineSchemes, documents },
  },
  {
    ...dated,
    id: 'red-flag-d',
    clause: 'Red flag (d), recycled in a country of risk or transit (Gold Supplement)',
    question: 'Was every site that handled recycled material in such a country audited at the time?',
    note: 'That this flag is in the Gold Supplement has not been checked.',
    unverified: true,
    check: 'recycled-in-high-risk-answered',
    parameters: { schemes: smelterSchemes },
  },
  {
    ...dated,
    id: 'red-flag-e',
    clause: 'Red flag (e), suppliers that operate in such places',
    question: 'Are suppliers that also operate in covered or high-risk countries answered by an attestation?',
    note: 'Only sites in the history of this lot are seen; interests and shareholdings are not on the ledger.',
    check: 'high-risk-suppliers-answered',
    parameters: { schemes: anyScheme },
  },
  {
    ...dated,
    id: 'red-flag-f',
    clause: 'Red flag (f), suppliers that sourced from such places in the last 12 months',
    question: 'Did a supplier source from such a place in the last 12 months?',
    check: 'not-told',
    parameters: { why: 'The history of one lot does not show what else its suppliers bought.' },
  },
  {
    ...dated,
    id: 'red-flag-g',
    clause: 'Red flag (g), anomalies (Gold Supplement)',
    question: 'Is there anything unusual that a person should look at?',
    note: 'Anomalies inform and do not count. 30 days and 0.5 % are our choice, not the guidance’s.',
    unverified: true,
    check: 'anomalies',
    parameters: { recordedLateAfter: 30 * 86_400, weighingTolerancePpm: 5_000 },
  },
];

const conductRules: Rule[] = [
  {
    ...dated,
    id: 'nothing-adverse-open',
    clause: 'Step 3: respond to identified risks',
    question:
      'Was no non-conformance or alert open on any site, party or lot when it had to do with the material?',
    check: 'nothing-adverse-open',
    parameters: {},
  },
  {
    ...dated,
    id: 'custody-documented',
    clause: 'Step 1: management systems (chain of custody)',
    question: 'Is custody documented from end to end?',
    note: 'A shortage on arrival above 0.5 % is reported and does not count; the figure is our choice. That step 1 asks for custody has not been checked.',
    unverified: true,
    check: 'custody-documented',
    parameters: { weighingTolerancePpm: 5_000 },
  },
];

/**
 * The OECD guidance as a policy on one lot.
 *
 * @param highRisk lists of conflict-affected and high-risk areas, each with its dates, as this deployment loads them.
 * They add to the covered countries. Without one in force at an event's time, mines elsewhere, and countries passed
 * on the way to a smelter or refiner, need an attestation or a document, or else there is not enough evidence.
 */
export function oecdDueDiligence(highRisk: readonly CountryList[] = []): Policy {
  return {
    id: 'oecd-due-diligence',
    version: '1',
    name: 'OECD due diligence guidance, 3rd edition',
    source: GUIDANCE,
    materials: null,
    countries: {
      covered: [coveredCountries],
      highRisk: [...highRisk],
      transitLevel: [transitLevelCountries],
    },
    rules: [...auditRules, ...flagRules, ...conductRules],
  };
}
