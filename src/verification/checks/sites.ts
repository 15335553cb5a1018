import type { Hex } from '../../protocol/hex.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { AttestationNode } from '../../provenance/history.ts';
import { type Facts, perMaterial, type SiteUse } from '../facts.ts';
import { day, days, type Finding, firstDay, siteLabel, tally, unique } from '../finding.ts';
import { type AcceptedScheme, acceptsScheme } from '../policy.ts';
import { idsOf, type Reliance, registrarNote, reliedOn, standingAt } from '../standing.ts';

/** What a rule asks of sites, in words: "has no audit in force" where `attested` is "audit". */
export type SiteWords = {
  readonly attested: string;
  /** Why the question arises here, as a sentence; may be empty. */
  readonly because: (use: SiteUse) => string;
};

/** What attestations under accepted schemes answer for these uses of sites, each at the time of its production. */
export type SitesJudged = {
  readonly findings: Finding[];
  readonly relied: Reliance[];
  readonly sites: number;
};

/**
 * Judges each use of each site by the truth table, per material, at the time of the production. One finding per site
 * and answer.
 */
export function judgeSites(
  facts: Facts,
  uses: readonly SiteUse[],
  schemes: readonly AcceptedScheme[],
  words: SiteWords,
): SitesJudged {
  const relied: Reliance[] = [];
  const findings: Finding[] = [];
  const bySite = Map.groupBy(perMaterial(uses), (use) => use.facility.id);
  for (const used of bySite.values()) {
    const breaches = new Map<SiteUse, AttestationNode[]>();
    const gaps = new Set<SiteUse>();
    for (const use of used) {
      const standings = standingsOf(facts, use, schemes);
      const open = standings.filter((standing) => standing.answer === 'does not meet');
      if (open.length > 0) breaches.set(use, unique(open.flatMap((standing) => standing.attestations)));
      else if (standings.some((standing) => standing.answer === 'not enough evidence')) gaps.add(use);
      else relied.push(...reliedOn(standings));
    }
    if (breaches.size > 0) findings.push(breachAt(facts, breaches, words));
    if (gaps.size > 0) findings.push(gapAt(facts, [...gaps], schemes, words));
  }
  return { findings, relied, sites: bySite.size };
}

/** Names of schemes for a sentence: the first name of each. */
export function schemeNames(schemes: readonly AcceptedScheme[]): string {
  return schemes.map((scheme) => scheme.names[0]).join(', ');
}

function standingsOf(facts: Facts, use: SiteUse, schemes: readonly AcceptedScheme[]) {
  const known = facts.attestationsOn(use.facility.id);
  return use.materials.map((material) => {
    const accepted = known.filter((attestation) => acceptsScheme(schemes, attestation.scheme, material));
    return standingAt(accepted, use.production.occurredAt);
  });
}

function breachAt(
  facts: Facts,
  breaches: ReadonlyMap<SiteUse, readonly AttestationNode[]>,
  words: SiteWords,
): Finding {
  const uses = [...breaches.keys()];
  const open = unique([...breaches.values()].flat());
  const said = open.map((one) => `${one.outcome} under ${one.scheme}, from ${day(one.validFrom)}`).join('; ');
  return {
    ...placed(uses),
    answer: 'does not meet',
    title: `${labelOf(facts, uses)} was not conformant when it handled this material`,
    detail: [`${handled(uses)} Open at the time: ${said}.`, registrarNote(open), because(uses, words)]
      .filter((sentence) => sentence !== '')
      .join(' '),
    parties: unique(open.map((one) => one.auditor)),
    statements: [...idsOf(open), ...statementsOf(uses)],
    mend: `A revocation of that attestation by its author, with effect before ${firstDay(timesOf(uses))}. A later audit cannot change what was open then.`,
  };
}

function gapAt(
  facts: Facts,
  uses: readonly SiteUse[],
  schemes: readonly AcceptedScheme[],
  words: SiteWords,
): Finding {
  const latest = latestConformant(facts, uses, schemes);
  const known = latest
    ? `The nearest one, under ${latest.scheme}, is in force from ${day(latest.validFrom)} until ${day(latest.endsAt)}.`
    : `None is on the ledger for ${materialNames(uses)}.`;
  return {
    ...placed(uses),
    answer: 'not enough evidence',
    title: `${labelOf(facts, uses)} has no ${words.attested} in force for the time when it handled this material`,
    detail: `${handled(uses)} ${known} Accepted: ${schemeNames(schemes)}. ${because(uses, words)}`.trim(),
    parties: unique(uses.map((use) => use.facility.operator)),
    statements: statementsOf(uses),
    mend: `A conformant attestation of this site, by an auditor accredited for an accepted scheme, in force on ${days(timesOf(uses))}.`,
  };
}

function placed(uses: readonly SiteUse[]): Pick<Finding, 'affected' | 'materials' | 'sites'> {
  const productions = new Set(uses.map((use) => use.production.id));
  const materials = unique(uses.flatMap((use) => use.materials));
  return { affected: { productions }, materials, sites: unique(uses.map((use) => use.facility.id)) };
}

function latestConformant(
  facts: Facts,
  uses: readonly SiteUse[],
  schemes: readonly AcceptedScheme[],
): AttestationNode | undefined {
  const materials = unique(uses.flatMap((use) => use.materials));
  return unique(uses.map((use) => use.facility.id))
    .flatMap(facts.attestationsOn)
    .filter((one) => one.outcome === 'conformant' && one.endsAt > one.validFrom)
    .filter((one) => materials.some((material) => acceptsScheme(schemes, one.scheme, material)))
    .reduce<AttestationNode | undefined>(
      (best, one) => (!best || one.endsAt > best.endsAt ? one : best),
      undefined,
    );
}

function labelOf(facts: Facts, uses: readonly SiteUse[]): string {
  const [first] = uses;
  return first ? siteLabel(facts.history, first.facility) : 'A site';
}

function handled(uses: readonly SiteUse[]): string {
  return `It handled ${materialNames(uses)} of this lot in ${tally(statementsOf(uses), 'production')} (${days(timesOf(uses))}).`;
}

function because(uses: readonly SiteUse[], words: SiteWords): string {
  return unique(uses.map(words.because)).join(' ');
}

function materialNames(uses: readonly SiteUse[]): string {
  const names = unique(uses.flatMap((use) => use.materials)).map((material) =>
    materialOf(material).name.toLowerCase(),
  );
  return names.join(', ');
}

function timesOf(uses: readonly SiteUse[]): number[] {
  return uses.map((use) => use.production.occurredAt);
}

function statementsOf(uses: readonly SiteUse[]): Hex[] {
  return unique(uses.map((use) => use.production.id));
}
