import { type Facts, perMaterial, type SiteUse } from '../facts.ts';
import {
  type CheckResult,
  count,
  days,
  type Finding,
  orNone,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
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
    attested: 'attestation of origin',
    because: () => '',
  });
  const findings = [
    ...nothingTracked(facts, asked),
    ...found,
    ...declaredAt(facts, entered('declare'), schemeNames(schemes)),
  ];
  const seen =
    sites === 0 ? 'No mine or collection is on the ledger' : `${count(sites, 'mine or collection site')}`;
  return { summary: `${seen}; ${orNone(findings, 'attested at the time')}.`, findings, relied, judged: true };
}

function declaredAt(facts: Facts, uses: readonly SiteUse[], accepted: string): Finding[] {
  return [...Map.groupBy(uses, ({ facility }) => facility.id).values()].map((group) => {
    const [{ facility }] = group as [SiteUse];
    const statements = unique(group.map(({ production }) => production.id));
    return {
      answer: 'not enough evidence',
      title: `The origin of stock declared at ${siteLabel(facts.history, facility)} is not attested`,
      detail: `${tallyFirst(statements, 'declaration')} of stock (${days(group.map(({ production }) => production.occurredAt))}): its origin is not on the ledger, so that nobody could attest it. Accepted: ${accepted}.`,
      affected: { productions: new Set(statements) },
      materials: unique(group.flatMap(({ materials }) => materials)),
      sites: [facility.id],
      parties: [facility.operator],
      statements,
      mend: 'Nothing mends this lot: lots made only of material that was registered at its mine or collection can be attested.',
    };
  });
}
