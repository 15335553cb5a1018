import type { Hex } from '../../protocol/hex.ts';
import type { Places } from '../../provenance/flow.ts';
import { type Concern, concernsOf } from '../concerns.ts';
import type { Facts } from '../facts.ts';
import { count, type Finding } from '../finding.ts';
import type { Phrase, Value } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { involvedIn, touchedBy } from './involved.ts';

/**
 * Alerts, disputes and grievances that parties recorded and nobody has closed. Anybody may say such a thing, so that it never
 * is a breach; where the rule lets it count, one that nobody has answered is not enough evidence, unless the material had left
 * the site before.
 */
export function openConcerns(facts: Facts, counts: 'inform' | 'count'): Finding[] {
  const open = concernsOf(facts.history).filter(({ status }) => status !== 'closed');
  return open.flatMap((concern) => {
    const places = placesOf(facts, concern);
    if (isNowhere(places)) return [];
    const isOpen = counts === 'count' && concern.status === 'open' && isInTime(facts, concern);
    return [
      { ...finding(facts, concern), affected: places, answer: isOpen ? 'not enough evidence' : 'not judged' },
    ];
  });
}

function placesOf(facts: Facts, { about, subject, productions, lots }: Concern): Places {
  if (about === 'site') return touchedBy(facts, [subject]);
  const uses = facts.uses.map(({ production }) => production.id);
  const legs = facts.legs.map(({ leg }) => leg.lot);
  const carried = (one: Hex) => facts.carriedLots.has(one) || legs.includes(one);
  return {
    productions: new Set(productions.filter((one) => uses.includes(one) || one === facts.lot.production)),
    lots: new Set(lots.filter(carried)),
  };
}

function isNowhere({ productions, lots }: Places): boolean {
  return (productions?.size ?? 0) + (lots?.size ?? 0) === 0;
}

/** Whether the material was at the site once what was seen there had begun. */
function isInTime(facts: Facts, { about, subject, from }: Concern): boolean {
  if (about !== 'site') return true;
  const here = involvedIn(facts).find((involved) => involved.subject === subject);
  return [...(here?.occasions.values() ?? [])].some(({ occurredAt }) => occurredAt >= from);
}

function finding({ history }: Facts, concern: Concern): Omit<Finding, 'affected' | 'answer'> {
  const { kind, summary, sites, raisedBy, answers, recordedAt, status } = concern;
  const party = raisedBy.legalName ?? say('party-unnamed', { id: { id: raisedBy.party } });
  const day = { day: recordedAt };
  const recorded =
    summary === null
      ? say('concern.recorded-silent', { party, day })
      : say('concern.recorded', { party, day, summary });
  const replies =
    answers.length === 0
      ? say('concern.unanswered')
      : say('concern.stands', { answers: count(answers.length, 'answer') });
  return {
    title: say(`concern.${kind}.${status === 'open' ? 'open' : 'answered'}`, { place: whereOf(concern) }),
    detail: [recorded, say('concern.not-judged'), replies],
    sites: sites.map(({ facility }) => facility).filter((id) => history.facilities.has(id)),
    parties: [raisedBy.party],
    statements: [concern.observation, ...answers.map(({ observation }) => observation)],
    mend: say('concern.mend'),
  };
}

function whereOf({ about, sites }: Concern): Phrase {
  const names = sites.map(({ name, facility, country }): Value => {
    const called = name ?? say('site-unnamed', { id: { id: facility } });
    return country ? say('site', { name: called, country: { country: country.numeric } }) : called;
  });
  return say(`concern.at.${about}`, { sites: { list: names, joint: 'to' } });
}
