import { type CustodyModel, custodyModels } from '../protocol/codes.ts';
import { type PairKey, pairOf } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { byMaterial, type Places } from '../provenance/flow.ts';
import type { History, LotNode, ProductionNode } from '../provenance/history.ts';
import { milligramsOf, vectorsOf } from '../provenance/origins.ts';
import { type Passages, passagesOfLot } from '../provenance/passages.ts';
import { travelled } from '../provenance/summary.ts';
import type { Units } from '../provenance/units.ts';
import type { Digest } from './digest.ts';
import { type CarriedLeg, type Caught, disclosedIn, type Facts, inScope } from './facts.ts';
import { attestationsBySubject, materialsInScope } from './gather.ts';
import { byTime, materialsOf, movesOf, transitCountries } from './journeys.ts';
import { Boundaries } from './moments.ts';
import type { Policy } from './policy.ts';
import { type Doubt, type Stand, StandIns } from './standing-for.ts';

/** What a digest says, for every check of a policy, with what may be counted according to `doubt`. */
export function spanFacts(digest: Digest, policy: Policy, doubt: Doubt): Facts {
  const { lot, production } = subjectOf(digest.history);
  const own = travelled(digest.lot);
  const all = passagesOfLot(own);
  const before = passagesOfLot({ ...own, journeys: [] });
  const isScoped = ({ pair }: { readonly pair: PairKey }) => inScope(policy, pairOf(pair).material);
  const attestationsOn = attestationsBySubject(digest.history);
  const standIns = new StandIns(digest, new Boundaries(policy, attestationsOn), doubt);
  const uses = [...before.uses.values()].filter(isScoped).flatMap((use) => standIns.uses(use));
  const runs = [...before.runs.values()].filter(isScoped).flatMap((run) => standIns.legs(run));
  const moves = [...before.moves.values()].filter(isScoped).flatMap((move) => standIns.moves(move));
  const history = {
    ...digest.history,
    disclosed: new Map([...digest.history.disclosed, ...standIns.disclosed]),
  };
  const materials = materialsInScope(lot, policy);
  const ownLegs = materials.length > 0 ? legsOfLot(history, lot, { policy, passages: before }) : [];
  const ownMoves = materials.length > 0 ? movesOf(history, lot.lot, undefined) : [];
  const facility = history.facilities.get(production.facility);
  const made = { production, chokePoint: false, materials, recycled: [] };
  return {
    ...{ history, policy, lot, materials, uses, attestationsOn, isWhole: false },
    legs: [...runs, ...ownLegs].sort(byTime),
    moves: [...moves, ...ownMoves].sort((a, b) => a.before - b.before || (a.lot < b.lot ? -1 : 1)),
    origins: milligramsOf(lot.content, digest.lot.made.origins),
    originUnits: vectorsOf(lot.content, digest.lot.made.origins),
    carriedLots: new Set([lot.lot, ...(digest.events?.attestedLots ?? [])]),
    caughtAt: (places) => caughtAt(places, { lot, units: own.units, through: before.through, standIns }),
    unrefined: () => ({ units: byMaterial(all.unrefined), entries: [] }),
    weakest: () => weakestOf(all),
    steps: {
      uses: facility && materials.length > 0 ? [{ ...made, facility }] : [],
      legs: ownLegs,
      through: () => own.units,
      of: (one) => (one === lot.lot ? own.units : new Map()),
    },
  };
}

function subjectOf(history: History): { lot: LotNode; production: ProductionNode } {
  const lot = history.lots.get(history.lot);
  const production = history.productions.get(lot?.production ?? history.lot);
  if (!lot || !production)
    throw new RangeError(`The digest lacks its own lot ${history.lot}, or what made it`);
  return { lot, production };
}

/** The lot's own legs are told one by one. */
function legsOfLot(
  history: History,
  lot: LotNode,
  { policy, passages }: { policy: Policy; passages: Passages },
): CarriedLeg[] {
  const passed = new Set([...passages.uses.values()].filter((use) => use.chokePoint).map(({ pair }) => pair));
  const pairs = [...passages.weakest.keys()].filter((pair) => inScope(policy, pairOf(pair).material));
  const materials = materialsOf(pairs);
  const upstreamMaterials = materialsOf(pairs.filter((pair) => !passed.has(pair)));
  return (history.legs.get(lot.lot) ?? []).flatMap((leg) => {
    const [from, to] = [history.facilities.get(leg.from), history.facilities.get(leg.to)];
    const transit = transitCountries(disclosedIn(history, leg.evidence).transitCountries);
    return from && to ? [{ leg, from, to, sent: lot.milligrams, transit, upstreamMaterials, materials }] : [];
  });
}

type Through = {
  readonly lot: LotNode;
  readonly units: Units;
  readonly through: ReadonlyMap<string, Units>;
  readonly standIns: StandIns;
};

/**
 * Of one site or route, what passed it is known, and of several not how much passed more than one: then their sum, or the
 * whole, is the most that it can be. So it is where a finding is not about all that happened at a place.
 */
function caughtAt({ productions = NOWHERE, lots = NOWHERE }: Places, all: Through): Caught {
  const whole = byMaterial(all.units);
  const ids = [...productions, ...lots];
  if (ids.some((id) => id === all.lot.lot || id === all.lot.production))
    return { units: whole, atMost: false };
  const caught = new Map<string, Set<Hex>>();
  for (const id of ids) {
    const stands = all.standIns.stands.get(id);
    if (!stands) return { units: whole, atMost: true };
    for (const { material, place } of stands) {
      const key = `${material} ${place}`;
      caught.set(key, (caught.get(key) ?? new Set()).add(id));
    }
  }
  const units = new Map<number, bigint>();
  const places = new Map<number, number>();
  for (const key of caught.keys()) {
    const [material, place] = split(key);
    const through = byMaterial(all.through.get(place) ?? new Map()).get(material) ?? 0n;
    const sum = (units.get(material) ?? 0n) + through;
    const most = whole.get(material) ?? 0n;
    units.set(material, sum < most ? sum : most);
    places.set(material, (places.get(material) ?? 0) + 1);
  }
  const isAll = [...caught].every(([key, ids]) => ids.size === standing(all.standIns, key));
  return { units, atMost: !isAll || [...places.values()].some((count) => count > 1) };
}

const NOWHERE: ReadonlySet<Hex> = new Set();

function split(key: string): [material: number, place: string] {
  const at = key.indexOf(' ');
  return [Number(key.slice(0, at)), key.slice(at + 1)];
}

/** How many stand at a place for a material. */
function standing({ stands }: StandIns, key: string): number {
  const [material, place] = split(key);
  const isThere = (stand: Stand) => stand.material === material && stand.place === place;
  return [...stands.values()].filter((some) => some.some(isThere)).length;
}

function weakestOf({ weakest }: Passages): Map<number, CustodyModel> {
  const models = new Map<number, CustodyModel>();
  for (const [pair, model] of weakest) {
    const { material } = pairOf(pair);
    const known = models.get(material);
    if (!known || custodyModels[model] > custodyModels[known]) models.set(material, model);
  }
  return models;
}
