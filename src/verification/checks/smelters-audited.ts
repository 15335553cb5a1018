import type { Process } from '../../protocol/codes.ts';
import type { Facts } from '../facts.ts';
import { affectedOf, type CheckResult, type Finding, orNone, unique } from '../finding.ts';
import { type CommodityList, hsCode, isListed, type Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { materialNames, unrefinedAt } from './entries.ts';
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
    because: () => null,
  });
  const why = processedBecause(facts, unprocessed);
  const all = why === null ? findings : [...findings, ...refinedNowhere(facts, why)];
  const passed =
    sites === 0 ? say('smelters-audited.passed-none') : say('smelters-audited.passed', { count: sites });
  const fine = say(sites === 0 ? 'smelters-audited.none-needed' : 'smelters-audited.all');
  const summary = say('smelters-audited.summary', { passed, outcome: orNone(all, fine) });
  return { summary, findings: all, relied, judged: true };
}

/** Why the lot's material has to have passed a choke point by now, as a sentence; null where it need not have. */
function processedBecause(
  { history, lot, uses }: Facts,
  unprocessed: readonly CommodityList[],
): Phrase | null {
  const born = history.productions.get(lot.production)?.occurredAt ?? history.asOf.time;
  if (!isListed(unprocessed, lot.commodity, born))
    return say('smelters-audited.processed', { commodity: { commodity: hsCode(lot.commodity) } });
  return uses.some(({ production }) => makingProcesses.includes(production.process))
    ? say('smelters-audited.manufactured')
    : null;
}

/** What of the lot's content reached no choke point, all the way back to where it entered the ledger. */
function refinedNowhere(facts: Facts, why: Phrase): Finding[] {
  const { units: unrefined, entries } = facts.unrefined();
  const rest = facts.materials
    .map((material) => ({ material, units: unrefined.get(material) ?? 0n }))
    .filter(({ units }) => units > 0n);
  if (rest.length === 0) return [];
  const sites = rest.flatMap(({ material }) => unrefinedAt(facts, material));
  return [
    {
      answer: 'not enough evidence',
      title: say('smelters-audited.nowhere.title', {
        materials: materialNames(rest.map(({ material }) => material)),
      }),
      detail: [why, say('smelters-audited.nowhere.who')],
      affected: rest.map(({ material, units }) => affectedOf(facts, material, units)),
      sites: unique(sites.map(({ id }) => id)),
      parties: unique(sites.map(({ operator }) => operator)),
      statements: entries.map(({ id }) => id),
      mend: say('smelters-audited.nowhere.mend'),
    },
  ];
}
