import type { Hex } from '../../protocol/hex.ts';
import { type Facts, perMaterial, riskOf, type SiteUse } from '../facts.ts';
import { type CheckResult, days, type Finding, siteLabel, tallyFirst, unique } from '../finding.ts';
import { inForce, type Parameters } from '../policy.ts';
import { idsOf, reliedOn, type Standing } from '../standing.ts';
import { say } from '../wording/say.ts';
import { answerOn, showsDocument } from './answering.ts';

/**
 * Red flag: mined, it is said, in a country through which high-risk material is known to transit. An accepted
 * attestation on the mine answers it, or a document disclosed with the extraction, the lot or the mine.
 */
export function transitLevelOriginsAnswered(
  facts: Facts,
  { schemes, documents }: Parameters<'transit-level-origins-answered'>,
): CheckResult {
  const uses = perMaterial(facts.uses).filter(
    (use) => use.production.process === 'extract' && isTransitLevel(facts, use),
  );
  const judged = uses.map((use) => {
    const at = { time: use.production.occurredAt, materials: use.materials };
    const shown = rootsOf(facts, use).some((root) => showsDocument(facts.history, root, documents));
    const standing: Standing = shown
      ? { answer: 'meets', attestations: [], time: at.time }
      : answerOn(facts, [use.facility.id], schemes, at);
    return { use, standing };
  });
  const open = judged.filter(({ standing }) => standing.answer !== 'meets');
  const groups = Map.groupBy(open, ({ use, standing }) => `${use.facility.id} ${standing.answer}`);
  return {
    summary:
      uses.length === 0
        ? say('transit-level.none')
        : say(`transit-level.summary.${open.length === 0 ? 'all' : 'not-all'}`, {
            extractions: tallyFirst(idsIn(uses), 'extraction'),
          }),
    findings: [...groups.values()].map((group) => finding(facts, group)),
    relied: reliedOn(judged.map(({ standing }) => standing)),
    judged: true,
  };
}

function isTransitLevel(facts: Facts, { facility, production }: SiteUse): boolean {
  const { countries } = facts.policy;
  const time = production.occurredAt;
  const listed = countries.transitLevel.some(
    (list) => inForce(list, time) && list.countries.includes(facility.country),
  );
  return listed && riskOf(facts.policy, facility.country, time) !== 'high';
}

function idsIn(uses: readonly SiteUse[]): Hex[] {
  return uses.map(({ production }) => production.id);
}

function rootsOf(facts: Facts, { facility, production }: SiteUse): Hex[] {
  const lots = production.outputs.flatMap((output) => facts.history.lots.get(output)?.evidence ?? []);
  return [production.evidence, facility.evidence, ...lots];
}

function finding(facts: Facts, group: readonly { use: SiteUse; standing: Standing }[]): Finding {
  const uses = group.map(({ use }) => use);
  const [first] = uses as [SiteUse];
  const breach = group.some(({ standing }) => standing.answer === 'does not meet');
  const when = days(uses.map(({ production }) => production.occurredAt));
  return {
    answer: breach ? 'does not meet' : 'not enough evidence',
    title: say('transit-level.title', { country: { country: first.facility.country } }),
    detail: [
      say('transit-level.detail', {
        extractions: tallyFirst(idsIn(uses), 'extraction'),
        site: siteLabel(facts.history, first.facility),
        days: when,
      }),
    ],
    affected: { productions: new Set(idsIn(uses)) },
    materials: unique(uses.flatMap(({ materials }) => materials)),
    sites: [first.facility.id],
    parties: [first.facility.operator],
    statements: [
      ...idsOf(breach ? unique(group.flatMap(({ standing }) => standing.attestations)) : []),
      ...unique(idsIn(uses)),
    ],
    mend: say('transit-level.mend', { days: when }),
  };
}
