import { countryOf } from '../../protocol/countries.ts';
import { byRoute, type CarriedLeg, crossesBorder, type Facts, isTold, type Move, riskOf } from '../facts.ts';
import {
  type CheckResult,
  countryName,
  days,
  type Finding,
  legsMade,
  orNone,
  shortId,
  siteLabel,
  tallyFirst,
  unique,
} from '../finding.ts';

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
      ? 'No dispatch of the material is recorded'
      : `The material made ${legsMade(facts)}, ${abroad(facts)} across a border`;
  const summary = `${made}; ${orNone(findings, 'all that has to be is disclosed')}.`;
  return { summary, findings, relied: [], judged: true };
}

function abroad({ legs, isWhole }: Facts): string {
  const crossing = legs.filter(crossesBorder).length;
  return crossing === 0 ? 'none' : isWhole ? `${crossing}` : 'some';
}

function needsTransit(facts: Facts, journey: Pick<CarriedLeg, 'from' | 'to'>, time: number): boolean {
  const ends = [journey.from.country, journey.to.country];
  return crossesBorder(journey) && ends.some((country) => riskOf(facts.policy, country, time) === 'high');
}

function undisclosed(facts: Facts, legs: readonly CarriedLeg[]): Finding {
  const [first] = legs as [CarriedLeg];
  const sent = legs.map(({ leg }) => leg.dispatch);
  const route = `${siteLabel(facts.history, first.from)} to ${siteLabel(facts.history, first.to)}`;
  return {
    answer: 'not enough evidence',
    title: `The way from ${countryName(first.from.country)} to ${countryName(first.to.country)} is not disclosed`,
    detail: `${tallyFirst(sent, 'leg')} from ${route} (${days(legs.map(({ leg }) => leg.occurredAt))}) show no readable "transitCountries".`,
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: [first.from.id, first.to.id],
    parties: unique(legs.map(({ leg }) => leg.consignor)),
    statements: unique(sent),
    mend: 'The consignor discloses "transitCountries" in the evidence of the dispatch: ISO codes, an empty list for a direct way.',
  };
}

function undocumented(facts: Facts, moves: readonly Move[]): Finding {
  const [move] = moves as [Move];
  const lots =
    moves.length === 1 && isTold(move.lot)
      ? `Lot ${shortId(move.lot)}`
      : tallyFirst(
          moves.map(({ lot }) => lot),
          'lot',
        );
  return {
    answer: 'not enough evidence',
    title: `Material went from ${countryName(move.from.country)} to ${countryName(move.to.country)} without a dispatch`,
    detail: `${lots} had been at ${siteLabel(facts.history, move.from)} and was next acted upon at ${siteLabel(facts.history, move.to)}: no statement says how the material got there.`,
    affected: { lots: new Set(moves.map(({ lot }) => lot)) },
    sites: [move.from.id, move.to.id],
    parties: unique(moves.map(({ party }) => party)),
    statements: unique(moves.map(({ statement }) => statement)),
    mend: 'Nothing mends this lot: a dispatch between the two sites has to be recorded when it happens.',
  };
}

function withoutCountry(legs: readonly CarriedLeg[]): Finding {
  const sites = legs.flatMap(({ from, to }) => [from, to]).filter(({ country }) => !countryOf(country));
  return {
    answer: 'not enough evidence',
    title: 'Some legs start or end in no known country',
    detail: `${tallyFirst(
      legs.map(({ leg }) => leg.dispatch),
      'leg',
    )} touch sites whose country number ISO 3166-1 does not assign.`,
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    sites: unique(sites.map(({ id }) => id)),
    parties: unique(sites.map(({ operator }) => operator)),
    statements: unique(legs.map(({ leg }) => leg.dispatch)),
    mend: 'The operator registers the site again, in its country, and ships from there from then on.',
  };
}
