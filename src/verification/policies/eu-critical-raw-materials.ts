import type { Parameters, Policy, Rule } from '../policy.ts';
import { euMembers } from './country-lists.ts';

const ACT = 'Regulation (EU) 2024/1252 (Critical Raw Materials Act)';

/** Aluminium, bismuth, boron, cobalt, copper, gallium, germanium, lithium, magnesium, manganese, graphite, nickel, silicon, titanium, tungsten. */
const strategic = [13, 83, 5, 27, 29, 31, 32, 3, 12, 25, 128, 28, 14, 22, 74];
/** Ruthenium, rhodium, palladium, osmium, iridium, platinum. */
const platinumGroup = [44, 45, 46, 76, 77, 78];
/** Cerium, praseodymium, neodymium, samarium, gadolinium, terbium, dysprosium. */
const magnetEarths = [58, 59, 60, 62, 64, 65, 66];

type Stage = Parameters<'share-at-most'>['stage'];
const stages: Record<Stage, string> = {
  extraction: 'mined',
  processing: 'smelted or refined',
  recycling: 'recycled',
};

function exposure(stage: Stage): Rule {
  return {
    id: `single-country-${stage}`,
    clause: `Article 5: at most 65 % from a single third country by 2030 (${stage})`,
    question: `Was no more than 65 % of each strategic material in this lot ${stages[stage]} in one third country?`,
    note: "It is a benchmark for the Union's yearly use, so that one lot is an indicator of exposure. The article's number, from which day on it applies and the list of member states have not been checked.",
    source: ACT,
    unverified: true,
    validFrom: Date.UTC(2024, 0, 1) / 1000,
    validUntil: null,
    indicator: true,
    check: 'share-at-most',
    parameters: { of: 'country', stage, maxPpm: 650_000, materials: null, exempt: [euMembers] },
  };
}

/** How much of a lot hangs on one country, against the benchmark of the EU's Critical Raw Materials Act. */
export const euCriticalRawMaterials: Policy = {
  id: 'eu-critical-raw-materials',
  version: '1',
  name: 'EU Critical Raw Materials Act 2024/1252, exposure to one country as an indicator',
  source: ACT,
  materials: [...strategic, ...platinumGroup, ...magnetEarths],
  countries: { covered: [], highRisk: [], transitLevel: [] },
  rules: [exposure('extraction'), exposure('processing'), exposure('recycling')],
};
