import { type Hex, partySubject } from '../../protocol/hex.ts';
import { type CarriedLeg, crossesBorder, type Facts, perMaterial, riskOf } from '../facts.ts';
import { type CheckResult, commas, days, type Finding, tallyFirst, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { idsOf, reliedOn, type Standing } from '../standing.ts';
import { say } from '../wording/say.ts';
import { answerOn, showsDocument } from './answering.ts';

type Flagged = { leg: CarriedLeg; high: number[]; unknown: number[]; standing: Standing };

/**
 * Red flag: material passed through a covered or high-risk country. A disclosed transport document answers it, or
 * an accepted attestation in force at dispatch on the lot, on either site or on either party. Countries that no list
 * can tell about raise it only as far as the last smelter or refiner, which is where due diligence asks for transit.
 */
export function highRiskTransitAnswered(
  facts: Facts,
  parameters: Parameters<'high-risk-transit-answered'>,
): CheckResult {
  const flagged = perMaterial(facts.legs).flatMap((leg) => flag(facts, leg, parameters));
  const open = flagged.filter(({ standing }) => standing.answer !== 'meets');
  const groups = Map.groupBy(open, ({ leg, high, standing }) =>
    [leg.from.id, leg.to.id, high.length > 0, standing.answer].join(' '),
  );
  return {
    summary:
      flagged.length === 0
        ? say('high-risk-transit.none')
        : say(`high-risk-transit.summary.${open.length === 0 ? 'all' : 'not-all'}`, {
            legs: tallyFirst(dispatchesOf(flagged), 'leg'),
          }),
    findings: [...groups.values()].map((group) => finding(group)),
    relied: reliedOn(flagged.map(({ standing }) => standing)),
    judged: true,
  };
}

function flag(
  facts: Facts,
  leg: CarriedLeg,
  { schemes, documents }: Parameters<'high-risk-transit-answered'>,
): Flagged[] {
  const time = leg.leg.occurredAt;
  const places = unique([
    ...(leg.transit ?? []),
    ...(crossesBorder(leg) ? [leg.from.country, leg.to.country] : []),
  ]);
  const high = places.filter((country) => riskOf(facts.policy, country, time) === 'high');
  const isUpstream = leg.materials.every((material) => leg.upstreamMaterials.includes(material));
  const unknown = isUpstream
    ? places.filter((country) => riskOf(facts.policy, country, time) === 'unknown')
    : [];
  if (high.length === 0 && unknown.length === 0) return [];
  if (showsDocument(facts.history, leg.leg.evidence, documents))
    return [{ leg, high, unknown, standing: { answer: 'meets', attestations: [], time } }];
  const { lot, consignor, consignee } = leg.leg;
  const subjects = [lot, leg.from.id, leg.to.id, partySubject(consignor), partySubject(consignee)];
  return [
    { leg, high, unknown, standing: answerOn(facts, subjects, schemes, { time, materials: leg.materials }) },
  ];
}

function dispatchesOf(flagged: readonly Flagged[]): Hex[] {
  return flagged.map(({ leg }) => leg.leg.dispatch);
}

/** By number: a long history is told in another order than a short one, and says the same. */
function countriesIn(groups: readonly (readonly number[])[]): number[] {
  return unique(groups.flat()).sort((a, b) => a - b);
}

function finding(group: readonly Flagged[]): Finding {
  const high = countriesIn(group.map((one) => one.high));
  const places = high.length > 0 ? high : countriesIn(group.map((one) => one.unknown));
  const risk = high.length > 0 ? 'high' : 'unknown';
  const breach = group.some(({ standing }) => standing.answer === 'does not meet' && high.length > 0);
  const adverse = unique(group.flatMap(({ standing }) => (breach ? standing.attestations : [])));
  const legs = group.map(({ leg }) => leg);
  const when = days(legs.map(({ leg }) => leg.occurredAt));
  return {
    answer: breach ? 'does not meet' : 'not enough evidence',
    title: say(`high-risk-transit.${risk}.title`, {
      countries: commas(places.map((country) => ({ country }))),
    }),
    detail: [say('high-risk-transit.detail', { legs: tallyFirst(dispatchesOf(group), 'leg'), days: when })],
    affected: { lots: new Set(legs.map(({ leg }) => leg.lot)) },
    materials: unique(legs.flatMap(({ materials }) => materials)),
    sites: unique(legs.flatMap(({ from, to }) => [from.id, to.id])),
    parties: unique(legs.map(({ leg }) => leg.consignor)),
    statements: [...idsOf(adverse), ...unique(legs.map(({ leg }) => leg.dispatch))],
    mend: say(`high-risk-transit.${risk}.mend`, { days: when }),
  };
}
