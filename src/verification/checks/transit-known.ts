import { countryOf } from '../../protocol/countries.ts';
import { byRoute, type CarriedLeg, crossesBorder, type Facts, isTold, type Move, riskOf } from '../facts.ts';
import {
  type CheckResult,
  days,
  type Finding,
  legsMade,
  lotLabel,
  orNone,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';

/** Does every journey across a border, from or to a high-risk country, say which countries lay on the way? */
export function transitKnown(facts: Facts): CheckResult {
  const silent = facts.legs.filter(
    (leg) => needsTransit(facts, leg, leg.leg.occurredAt) && leg.transit === null,
  );
  const moves = facts.moves.filter((move) => needsTransit(facts, move, move.before));
  const nowhere = facts.legs.filter(({ from, to }) => !countryOf(from.country) || !countryOf(to.country));
  const findings = [
    ...byRoute(silent).map((legs) => undisclosed(facts, legs)),
    ...byRoute(moves).map((group) => undocumented(facts, group)),
    ...(nowhere.length > 0 ? [withoutCountry(nowhere)] : []),
  ];
  const made =
    facts.legs.length === 0
      ? say('transit-known.no-dispatch')
      : say('transit-known.made', { legs: legsMade(facts), crossing: abroad(facts) });
  const outcome = orNone(findings, say('transit-known.all'));
  const summary = say('transit-known.summary', { made, outcome });
  return { summary, findings, relied: [], judged: true };
}

function abroad({ legs, isWhole }: Facts): Phrase {
  const crossing = legs.filter(crossesBorder).length;
  if (crossing === 0) return say('transit-known.crossing-none');
  return isWhole ? say('transit-known.crossing', { count: crossing }) : say('transit-known.crossing-some');
}

function needsTransit(facts: Facts, journey: Pick<CarriedLeg, 'from' | 'to'>, time: number): boolean {
  const ends = [journey.from.country, journey.to.country];
  return crossesBorder(journey) && ends.some((country) => riskOf(facts.policy, country, time) === 'high');
}

function undisclosed(facts: Facts, legs: readonly CarriedLeg[]): Finding {
  const [first] = legs as [CarriedLeg];
  const sent = legs.map(({ leg }) => leg.dispatch);
  return {
    answer: 'not enough evidence',
    title: say('transit-known.undisclosed.title', abroadFrom(first)),
    detail: [
      say('transit-known.undisclosed.detail', {
        legs: tallyFirst(sent, 'leg'),
        from: siteLabel(facts.history, first.from),
        to: siteLabel(facts.history, first.to),
        days: days(legs.map(({ leg }) => leg.occurredAt)),
      }),
    ],
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: [first.from.id, first.to.id],
    parties: unique(legs.map(({ leg }) => leg.consignor)),
    statements: unique(sent),
    mend: say('transit-known.undisclosed.mend'),
  };
}

function undocumented(facts: Facts, moves: readonly Move[]): Finding {
  const [move] = moves as [Move];
  const lots =
    moves.length === 1 && isTold(move.lot)
      ? lotLabel(move.lot)
      : tallyFirst(
          moves.map(({ lot }) => lot),
          'lot',
        );
  return {
    answer: 'not enough evidence',
    title: say('transit-known.undocumented.title', abroadFrom(move)),
    detail: [
      say('transit-known.undocumented.detail', {
        lots,
        from: siteLabel(facts.history, move.from),
        to: siteLabel(facts.history, move.to),
      }),
    ],
    affected: { lots: new Set(moves.map(({ lot }) => lot)) },
    sites: [move.from.id, move.to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: say('transit-known.undocumented.mend'),
  };
}

function abroadFrom({ from, to }: Pick<CarriedLeg, 'from' | 'to'>) {
  return { from: { country: from.country }, to: { country: to.country } };
}

function withoutCountry(legs: readonly CarriedLeg[]): Finding {
  const sites = legs.flatMap(({ from, to }) => [from, to]).filter(({ country }) => !countryOf(country));
  return {
    answer: 'not enough evidence',
    title: say('transit-known.no-country.title'),
    detail: [
      say('transit-known.no-country.detail', {
        legs: tallyFirst(
          legs.map(({ leg }) => leg.dispatch),
          'leg',
        ),
      }),
    ],
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: unique(sites.map(({ id }) => id)),
    parties: unique(sites.map(({ operator }) => operator)),
    statements: unique(legs.map(({ leg }) => leg.dispatch)),
    mend: say('transit-known.no-country.mend'),
  };
}
