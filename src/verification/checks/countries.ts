import { countryOf } from '../../protocol/countries.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import { type Facts, perMaterial, type SiteUse } from '../facts.ts';
import {
  type CheckResult,
  days,
  type Finding,
  orNone,
  siteLabel,
  tally,
  tallyFirst,
  unique,
} from '../finding.ts';
import { inForce, type Parameters } from '../policy.ts';
import type { Phrase, Value } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { nothingTracked } from './entries.ts';

type Lists = Pick<Parameters<'countries'>, 'refused' | 'allowed'>;

/** Material at a site: worked on there, or sent from or to it, at the time of the production or the dispatch. */
type Visit = {
  readonly facility: FacilityNode;
  readonly time: number;
  readonly materials: readonly number[];
  readonly statement: Hex;
  readonly lot: Hex | null;
};

/**
 * Was the material never in a refused country, and always in an allowed one? A site's country is held against the lists in
 * force at the time: a list refuses nothing before it begins, and where none of those that allow was in force, nobody can
 * tell. Of declared stock, nobody can tell where it had been.
 */
export function countries(facts: Facts, { of, ...lists }: Parameters<'countries'>): CheckResult {
  const visits = of === 'origins' ? facts.uses.filter(isOrigin).map(useVisit) : everywhere(facts);
  const groups = Map.groupBy(visits, (visit) => `${visit.facility.id} ${standingOf(lists, visit)}`);
  const findings = [
    ...nothingTracked(facts),
    ...[...groups.values()].flatMap((group) => judged(facts, lists, group)),
    ...declaredAt(facts),
  ];
  const known = unique(visits.map(({ facility }) => facility.country)).length;
  const seen = known === 0 ? say('countries.seen-none') : say(`countries.seen.${of}`, { count: known });
  const outcome = orNone(findings, say('countries.none-refused'));
  return {
    summary: say('countries.summary', { seen, outcome }),
    findings,
    relied: [],
    judged: true,
  };
}

function isOrigin({ production }: SiteUse): boolean {
  return production.process === 'extract' || production.process === 'collect';
}

function everywhere(facts: Facts): Visit[] {
  const ends = facts.legs.flatMap(({ leg, from, to, materials }) =>
    [from, to].map((facility) => ({
      ...{ facility, materials, time: leg.occurredAt, statement: leg.dispatch, lot: leg.lot },
    })),
  );
  return [...facts.uses.map(useVisit), ...ends];
}

function useVisit({ facility, production, materials }: SiteUse): Visit {
  return { facility, materials, time: production.occurredAt, statement: production.id, lot: null };
}

type Standing = 'fine' | 'refused' | 'outside' | 'no list' | 'no country';

function standingOf({ refused, allowed }: Lists, { facility: { country }, time }: Visit): Standing {
  if (!countryOf(country)) return 'no country';
  if (refused.some((list) => inForce(list, time) && list.countries.includes(country))) return 'refused';
  if (allowed === null) return 'fine';
  const known = allowed.filter((list) => inForce(list, time));
  if (known.length === 0) return 'no list';
  return known.some((list) => list.countries.includes(country)) ? 'fine' : 'outside';
}

function judged(facts: Facts, lists: Lists, visits: readonly Visit[]): Finding[] {
  const [first] = visits as [Visit];
  const standing = standingOf(lists, first);
  if (standing === 'fine') return [];
  const { facility } = first;
  const country = { country: facility.country };
  const when = days(visits.map(({ time }) => time));
  const { title, why, mend } = wordsOf(standing, { lists, country, when });
  const statements = unique(visits.map(({ statement }) => statement));
  return [
    {
      answer: standing === 'refused' || standing === 'outside' ? 'does not meet' : 'not enough evidence',
      title,
      detail: [
        say('countries.was-at', {
          site: siteLabel(facts.history, facility),
          days: when,
          statements: tally(statements, 'statement'),
        }),
        why,
      ],
      affected: {
        productions: new Set(visits.filter(({ lot }) => lot === null).map((visit) => visit.statement)),
        lots: new Set(visits.flatMap(({ lot }) => lot ?? [])),
      },
      materials: unique(visits.flatMap(({ materials }) => materials)),
      sites: [facility.id],
      parties: [facility.operator],
      statements,
      mend,
    },
  ];
}

function wordsOf(
  standing: Exclude<Standing, 'fine'>,
  { lists, country, when }: { lists: Lists; country: Value; when: Phrase },
): { title: Phrase; why: Phrase; mend: Phrase } {
  const titles = (of: Lists['refused']): Value => ({
    list: of.map(({ title }) => ({ policy: title })),
    joint: 'semicolon',
  });
  const another = say('countries.take-another');
  switch (standing) {
    case 'refused':
      return {
        title: say('countries.refused.title', { country }),
        why: say('countries.refused.why', { lists: titles(lists.refused) }),
        mend: another,
      };
    case 'outside':
      return {
        title: say('countries.outside.title', { country }),
        why: say('countries.outside.why', { lists: titles(lists.allowed ?? []) }),
        mend: another,
      };
    case 'no list':
      return {
        title: say('countries.no-list.title', { country }),
        why: say('countries.no-list.why'),
        mend: say('countries.no-list.mend', { days: when }),
      };
    case 'no country':
      return {
        title: say('countries.no-country.title'),
        why: say('countries.no-country.why'),
        mend: say('countries.no-country.mend'),
      };
  }
}

function declaredAt(facts: Facts): Finding[] {
  const uses = perMaterial(facts.uses).filter(({ production }) => production.process === 'declare');
  return [...Map.groupBy(uses, ({ facility }) => facility.id).values()].map((group) => {
    const [{ facility }] = group as [SiteUse];
    const statements = unique(group.map(({ production }) => production.id));
    return {
      answer: 'not enough evidence',
      title: say('countries.declared.title', { site: siteLabel(facts.history, facility) }),
      detail: [
        say('countries.declared.detail', {
          declarations: tallyFirst(statements, 'declaration'),
          days: days(group.map(({ production }) => production.occurredAt)),
        }),
      ],
      affected: { productions: new Set(statements) },
      materials: unique(group.flatMap(({ materials }) => materials)),
      sites: [facility.id],
      parties: [facility.operator],
      statements,
      mend: say('mend.registered-origins'),
    };
  });
}
