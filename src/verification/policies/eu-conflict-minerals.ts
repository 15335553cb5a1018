import type { CountryList, Policy, Rule, YearlyLimit } from '../policy.ts';
import { transitLevelCountries } from './country-lists.ts';
import { dueDiligenceRules } from './due-diligence.ts';

const REGULATION = 'Regulation (EU) 2017/821 (importers of tin, tantalum, tungsten and gold)';
/** The year is the regulation's. From which day it asks this, nobody has checked. */
const dated = {
  source: REGULATION,
  unverified: true,
  validFrom: Date.UTC(2017, 0, 1) / 1000,
  validUntil: null,
};
const ARTICLE = 'The numbers of articles, and from which day on they apply, have not been checked.';

const KILOGRAM = 1_000_000n;
const kilograms = (mass: bigint): string => String(mass * KILOGRAM);

/** Four of the regulation's 23 lines. The ledger knows six digits of a code: two of the lines are for a part of theirs. */
const limits: YearlyLimit[] = [
  { codes: ['260900'], isPart: false, milligrams: kilograms(5_000n) }, // tin ores
  { codes: ['261100'], isPart: false, milligrams: kilograms(250_000n) }, // tungsten ores
  { codes: ['282590'], isPart: true, milligrams: kilograms(100_000n) }, // tungsten oxides, 2825 90 40
  { codes: ['7108'], isPart: true, milligrams: kilograms(100n) }, // unrefined gold
];

const threshold: Rule = {
  ...dated,
  id: 'volume-threshold',
  clause: 'Annex I: volume thresholds',
  question: 'Is this one lot within what an importer may bring in a year without these duties?',
  note: `Thresholds are per importer and year, so that one lot is an indicator. Of the regulation's 23 lines four are listed. ${ARTICLE}`,
  indicator: true,
  check: 'lot-mass-at-most',
  parameters: { limits },
};

/**
 * The EU's Conflict Minerals Regulation, read on one lot.
 *
 * @param highRisk lists of conflict-affected and high-risk areas, each with its dates, as this deployment loads them
 */
export function euConflictMinerals(highRisk: readonly CountryList[] = []): Policy {
  return {
    id: 'eu-conflict-minerals',
    version: '1',
    name: 'EU Conflict Minerals Regulation 2017/821, read on one lot',
    source: REGULATION,
    materials: [50, 73, 74, 79],
    countries: { covered: [], highRisk: [...highRisk], transitLevel: [transitLevelCountries] },
    rules: [
      threshold,
      ...dueDiligenceRules(
        {
          origin: 'Article 4: supply-chain traceability (origin)',
          smelters: 'Article 6: third-party audit; smelters and refiners',
          highRisk: 'Article 5: risk management (origin)',
          transit: 'Article 4: supply-chain traceability (transit)',
          adverse: 'Article 5: risk management (identified risks)',
          custody: 'Article 4: chain of custody or supply-chain traceability',
        },
        dated,
        ARTICLE,
      ),
    ],
  };
}
