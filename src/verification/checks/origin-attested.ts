import { type Facts, perMaterial, type SiteUse } from '../facts.ts';
import { type CheckResult, days, type Finding, orNone, siteLabel, tallyFirst, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Value } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { askedIn, nothingTracked } from './entries.ts';
import { judgeSites, schemeNames } from './sites.ts';

/** Was every mine, and every site that collected, attested under an accepted scheme when the material entered there? */
export function originAttested(
  facts: Facts,
  { schemes, materials }: Parameters<'origin-attested'>,
): CheckResult {
  const asked = askedIn(facts, materials);
  const uses = perMaterial(facts.uses).filter(({ materials: [one] }) => asked.includes(one ?? 0));
  const entered = (process: string) => uses.filter(({ production }) => production.process === process);
  const origins = [...entered('extract'), ...entered('collect')];
  const {
    findings: found,
    relied,
    sites,
  } = judgeSites(facts, origins, schemes, {
    attested: 'origin-attestation',
    because: () => null,
  });
  const findings = [
    ...nothingTracked(facts, asked),
    ...found,
    ...declaredAt(facts, entered('declare'), schemeNames(schemes)),
  ];
  const seen = sites === 0 ? say('origin-attested.seen-none') : say('origin-attested.seen', { count: sites });
  const outcome = orNone(findings, say('origin-attested.all'));
  return { summary: say('origin-attested.summary', { seen, outcome }), findings, relied, judged: true };
}

function declaredAt(facts: Facts, uses: readonly SiteUse[], accepted: Value): Finding[] {
  return [...Map.groupBy(uses, ({ facility }) => facility.id).values()].map((group) => {
    const [{ facility }] = group as [SiteUse];
    const statements = unique(group.map(({ production }) => production.id));
    return {
      answer: 'not enough evidence',
      title: say('origin-attested.declared.title', { site: siteLabel(facts.history, facility) }),
      detail: [
        say('origin-attested.declared.detail', {
          declarations: tallyFirst(statements, 'declaration'),
          days: days(group.map(({ production }) => production.occurredAt)),
          schemes: accepted,
        }),
      ],
      affected: { productions: new Set(statements) },
      materials: unique(group.flatMap(({ materials }) => materials)),
      sites: [facility.id],
      parties: [facility.operator],
      statements,
      mend: say('origin-attested.declared.mend'),
    };
  });
}
