import type { CountryList, Policy, Rule } from '../policy.ts';
import { transitLevelCountries } from './country-lists.ts';
import { beforehand, dueDiligenceRules } from './due-diligence.ts';

const REGULATION = 'Regulation (EU) 2023/1542 on batteries and waste batteries';
/** The year of the regulation: what will be asked later is shown from then on. */
const PASSED = Date.UTC(2023, 0, 1) / 1000;
const [lithium, cobalt, nickel, lead, graphite] = [3, 27, 28, 82, 128];
const ARTICLE = 'The numbers of articles have not been checked.';

const diligence: Rule[] = dueDiligenceRules(
  {
    origin: 'Article 49: management system (origin)',
    smelters: 'Article 51: third-party verification; smelters and refiners',
    highRisk: 'Article 50: risk management (origin)',
    transit: 'Article 49: management system (transit)',
    adverse: 'Article 50: risk management (identified risks)',
    custody: 'Article 49: management system (chain of custody or traceability)',
  },
  {
    source: `${REGULATION}; due diligence from 18 August 2027 by Regulation (EU) 2025/1561; materials of Annex X`,
    unverified: true,
    validFrom: Date.UTC(2027, 7, 18) / 1000,
    validUntil: null,
  },
  ARTICLE,
);

/**
 * The due diligence of the EU's Batteries Regulation, read on one lot: it counts from 18 August 2027, and is shown before.
 *
 * @param highRisk lists of conflict-affected and high-risk areas, each with its dates, as this deployment loads them
 */
export function euBatteriesDueDiligence(highRisk: readonly CountryList[] = []): Policy {
  return {
    id: 'eu-batteries-due-diligence',
    version: '1',
    name: 'EU Batteries Regulation 2023/1542, due diligence, read on one lot',
    source: REGULATION,
    materials: [lithium, cobalt, nickel, graphite],
    countries: { covered: [], highRisk: [...highRisk], transitLevel: [transitLevelCountries] },
    rules: [...diligence.map((rule) => beforehand(rule, PASSED)), ...diligence],
  };
}

type Shares = {
  readonly lithium: number;
  readonly cobalt: number;
  readonly nickel: number;
  readonly lead: number;
};

function recycledContent(year: number, validUntil: number | null, shares: Shares): Rule {
  return {
    id: `recycled-content-${year}`,
    clause: `Article 8: recycled content from 18 August ${year}`,
    question: `Would this lot alone have the recycled shares that batteries need from 18 August ${year}?`,
    note: `The shares are per battery model, year and plant, from battery-manufacturing or post-consumer waste, of active materials (lead: of the battery), so that one lot is an indicator. For batteries of light means of transport from 2036 alone. ${ARTICLE}`,
    source: REGULATION,
    unverified: true,
    validFrom: Date.UTC(year, 7, 18) / 1000,
    validUntil,
    indicator: true,
    check: 'recycled-share',
    parameters: {
      atLeast: [
        { material: lithium, ppm: shares.lithium * 10_000 },
        { material: cobalt, ppm: shares.cobalt * 10_000 },
        { material: nickel, ppm: shares.nickel * 10_000 },
        { material: lead, ppm: shares.lead * 10_000 },
      ],
    },
  };
}

const in2031 = recycledContent(2031, Date.UTC(2036, 7, 18) / 1000, {
  lithium: 6,
  cobalt: 16,
  nickel: 6,
  lead: 85,
});
const in2036 = recycledContent(2036, null, { lithium: 12, cobalt: 26, nickel: 15, lead: 85 });

/** The recycled shares of the EU's Batteries Regulation, in percent of a lot, as indicators: now, from 2031, from 2036. */
export const euBatteriesRecycledContent: Policy = {
  id: 'eu-batteries-recycled-content',
  version: '1',
  name: 'EU Batteries Regulation 2023/1542, recycled content as an indicator',
  source: REGULATION,
  materials: [lithium, cobalt, nickel, lead],
  countries: { covered: [], highRisk: [], transitLevel: [] },
  rules: [beforehand(in2031, PASSED), in2031, beforehand(in2036, PASSED), in2036],
};
