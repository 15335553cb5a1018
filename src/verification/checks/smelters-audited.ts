import type { Process } from '../../protocol/codes.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { Facts } from '../facts.ts';
import {
  affectedOf,
  type CheckResult,
  commodityLabel,
  count,
  type Finding,
  orNone,
  unique,
} from '../finding.ts';
import { type CommodityList, hsCode, isListed, type Parameters } from '../policy.ts';
import { unrefinedAt } from './entries.ts';
import { judgeSites } from './sites.ts';

/** After these, nobody has an ore, a concentrate or a mineral any more, whatever the code that they give it. */
const makingProcesses: readonly Process[] = ['manufacture', 'assemble'];

/**
 * Was every smelter, refiner and recycler that the material passed audited under an accepted scheme, each time? And
 * did it pass one at all, where it is no longer an ore, a concentrate, a mineral as mined or scrap? Otherwise somebody
 * refined it and calls it something else.
 */
export function smeltersAudited(
  facts: Facts,
  { schemes, unprocessed }: Parameters<'smelters-audited'>,
): CheckResult {
  const uses = facts.uses.filter((use) => use.chokePoint);
  const { findings, relied, sites } = judgeSites(facts, uses, schemes, {
    attested: 'audit',
    because: () => '',
  });
  const why = processedBecause(facts, unprocessed);
  const all = why === null ? findings : [...findings, ...refinedNowhere(facts, why)];
  const passed =
    sites === 0
      ? 'The material has passed no smelter, refiner or recycler'
      : `The material passed ${count(sites, 'smelter, refiner or recycler site')}`;
  const summary = `${passed}; ${orNone(all, sites === 0 ? 'it need not have passed one yet' : 'all audited')}.`;
  return { summary, findings: all, relied, judged: true };
}

/** Why the lot's material has to have passed a choke point by now, as a sentence; null where it need not have. */
function processedBecause(
  { history, lot, uses }: Facts,
  unprocessed: readonly CommodityList[],
): string | null {
  const born = history.productions.get(lot.production)?.occurredAt ?? history.asOf.time;
  if (!isListed(unprocessed, lot.commodity, born))
    return `The lot is ${commodityLabel(hsCode(lot.commodity))}, which the policy does not list among ores, concentrates, minerals and scrap.`;
  return uses.some(({ production }) => makingProcesses.includes(production.process))
    ? 'Something was manufactured of the material.'
    : null;
}

/** What of the lot's content reached no choke point, all the way back to where it entered the ledger. */
function refinedNowhere(facts: Facts, why: string): Finding[] {
  const { units: unrefined, entries } = facts.unrefined();
  const rest = facts.materials
    .map((material) => ({ material, units: unrefined.get(material) ?? 0n }))
    .filter(({ units }) => units > 0n);
  if (rest.length === 0) return [];
  const sites = rest.flatMap(({ material }) => unrefinedAt(facts, material));
  const names = rest.map(({ material }) => materialOf(material).name.toLowerCase()).join(', ');
  return [
    {
      answer: 'not enough evidence',
      title: `No smelter, refiner or recycler on the ledger handled this ${names}`,
      detail: `${why} So somebody refined it, and no statement says who.`,
      affected: rest.map(({ material, units }) => affectedOf(facts, material, units)),
      sites: unique(sites.map(({ id }) => id)),
      parties: unique(sites.map(({ operator }) => operator)),
      statements: entries.map(({ id }) => id),
      mend: 'Nothing mends this lot. From now on, who smelts, refines or recycles says so in the production, at a site that is audited.',
    },
  ];
}
