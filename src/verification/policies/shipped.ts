import type { CountryList, Policy } from '../policy.ts';
import { euBatteriesDueDiligence, euBatteriesRecycledContent } from './eu-batteries.ts';
import { euConflictMinerals } from './eu-conflict-minerals.ts';
import { euCriticalRawMaterials } from './eu-critical-raw-materials.ts';
import { oecdDueDiligence } from './oecd-due-diligence.ts';
import { usFeoc } from './us-feoc.ts';

/**
 * The policies that come with the product. The first is asked where none is named.
 *
 * @param highRisk lists of conflict-affected and high-risk areas, as this deployment loads them
 */
export function shippedPolicies(highRisk: readonly CountryList[] = []): Policy[] {
  return [
    oecdDueDiligence(highRisk),
    euConflictMinerals(highRisk),
    euBatteriesDueDiligence(highRisk),
    euBatteriesRecycledContent,
    euCriticalRawMaterials,
    usFeoc,
  ];
}
