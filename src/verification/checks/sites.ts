import type { Hex } from '../../protocol/hex.ts';
import type { AttestationNode } from '../../provenance/history.ts';
import { type Facts, perMaterial, type SiteUse } from '../facts.ts';
import { commas, days, type Finding, firstDay, siteLabel, tally, unique } from '../finding.ts';
import { type AcceptedScheme, acceptsScheme } from '../policy.ts';
import { idsOf, type Reliance, registrarNote, reliedOn, standingAt } from '../standing.ts';
import type { Phrase, Value } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { materialNames } from './entries.ts';

/** What a rule asks of sites, in words: "has no audit in force" where `attested` is "audit". */
export type SiteWords = {
  readonly attested: 'audit' | 'site-assessment' | 'custody-attestation' | 'origin-attestation';
  /** Why the question arises here; null where that needs no words. */
  readonly because: (use: SiteUse) => Phrase | null;
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
export function schemeNames(schemes: readonly AcceptedScheme[]): Value {
  return commas(schemes.map((scheme) => scheme.names[0] ?? ''));
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
  const said = open.map(({ outcome, scheme, validFrom }) =>
    say('sites.breach.attestation', {
      ...{ outcome: say(`outcome.${outcome}`), scheme, day: { day: validFrom } },
    }),
  );
  return {
    ...placed(uses),
    answer: 'does not meet',
    title: say('sites.breach.title', { site: labelOf(facts, uses) }),
    detail: [
      handled(uses),
      say('sites.breach.open', { attestations: { list: said, joint: 'semicolon' } }),
      ...registrarNote(open),
      ...because(uses, words),
    ],
    parties: unique(open.map((one) => one.auditor)),
    statements: [...idsOf(open), ...statementsOf(uses)],
    mend: say('sites.breach.mend', { day: firstDay(timesOf(uses)) }),
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
    ? say('sites.gap.nearest', {
        ...{ scheme: latest.scheme, from: { day: latest.validFrom }, until: { day: latest.endsAt } },
      })
    : say('sites.gap.none', { materials: materialsOf(uses) });
  return {
    ...placed(uses),
    answer: 'not enough evidence',
    title: say(`sites.gap.title.${words.attested}`, { site: labelOf(facts, uses) }),
    detail: [
      handled(uses),
      known,
      say('sites.gap.accepted', { schemes: schemeNames(schemes) }),
      ...because(uses, words),
    ],
    parties: unique(uses.map((use) => use.facility.operator)),
    statements: statementsOf(uses),
    mend: say('sites.gap.mend', { days: days(timesOf(uses)) }),
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

/** Of uses of one site, at least one. */
function labelOf(facts: Facts, uses: readonly SiteUse[]): Phrase {
  const [{ facility }] = uses as [SiteUse];
  return siteLabel(facts.history, facility);
}

function handled(uses: readonly SiteUse[]): Phrase {
  return say('sites.handled', {
    materials: materialsOf(uses),
    productions: tally(statementsOf(uses), 'production'),
    days: days(timesOf(uses)),
  });
}

/** Once, as all of them are of one site. */
function because(uses: readonly SiteUse[], words: SiteWords): Phrase[] {
  const [first] = uses as [SiteUse];
  const why = words.because(first);
  return why ? [why] : [];
}

function materialsOf(uses: readonly SiteUse[]): Value {
  return materialNames(unique(uses.flatMap((use) => use.materials)));
}

function timesOf(uses: readonly SiteUse[]): number[] {
  return uses.map((use) => use.production.occurredAt);
}

function statementsOf(uses: readonly SiteUse[]): Hex[] {
  return unique(uses.map((use) => use.production.id));
}
