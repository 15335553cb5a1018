import { type CustodyModel, custodyModels } from '../protocol/codes.ts';
import { type PairKey, pairOf, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { byMaterial, type Places } from '../provenance/flow.ts';
import type { History, LotNode, ProductionNode } from '../provenance/history.ts';
import { milligramsOf, vectorsOf } from '../provenance/origins.ts';
import type { Passages } from '../provenance/passages.ts';
import { passagesOfLot } from '../provenance/passing.ts';
import { travelled } from '../provenance/summary.ts';
import { type Units, unitsOf } from '../provenance/units.ts';
import type { Digest } from './digest.ts';
import { type CarriedLeg, type Caught, disclosedIn, type Facts, inScope } from './facts.ts';
import { attestationsBySubject, materialsInScope } from './gather.ts';
import { byTime, materialsOf, movesOf, transitCountries } from './journeys.ts';
import { Boundaries } from './moments.ts';
import type { Policy } from './policy.ts';
import { type Doubt, type Stand, StandIns } from './standing-for.ts';

/** A digest as facts: what does not depend on the doubt is worked out once. */
export class Spans {
  readonly #digest: Digest;
  readonly #policy: Policy;
  readonly #attestationsOn: Facts['attestationsOn'];
  readonly #boundaries: Boundaries;
  /** With the lot's own journeys, and without. */
  readonly #all: Passages;
  readonly #before: Passages;

  constructor(digest: Digest, policy: Policy) {
    const own = travelled(digest.lot);
    this.#digest = digest;
    this.#policy = policy;
    this.#attestationsOn = attestationsBySubject(digest.history);
    this.#boundaries = new Boundaries(policy, this.#attestationsOn);
    this.#all = passagesOfLot(own);
    this.#before = passagesOfLot({ ...own, journeys: [] });
  }

  /** What the digest says, for every check, with what may be counted according to `doubt`. */
  facts(doubt: Doubt): Facts {
    const [digest, policy, before] = [this.#digest, this.#policy, this.#before];
    const { lot, production } = subjectOf(digest.history);
    const isScoped = ({ pair }: { readonly pair: PairKey }) => inScope(policy, pairOf(pair).material);
    const standIns = new StandIns(digest, this.#boundaries, doubt);
    const worked = [...before.uses.values()].flatMap((use) => standIns.uses(use));
    const uses = worked.filter(({ materials }) => materials.some((one) => inScope(policy, one)));
    const runs = [...before.runs.values()].filter(isScoped).flatMap((run) => standIns.legs(run));
    const moves = [...before.moves.values()].filter(isScoped).flatMap((move) => standIns.moves(move));
    const disclosed = new Map([...digest.history.disclosed, ...standIns.disclosed]);
    const history = { ...digest.history, disclosed };
    const materials = materialsInScope(lot, policy);
    const carries = materials.length > 0;
    const ownLegs = carries ? legsOfLot(history, lot, { policy, passages: before }) : [];
    const ownMoves = carries ? movesOf(history, lot.lot, undefined) : [];
    const units = unitsOf(sumContent([lot.content]));
    return {
      ...{ history, policy, lot, materials, uses, worked, isWhole: false },
      attestationsOn: this.#attestationsOn,
      legs: [...runs, ...ownLegs].sort(byTime),
      moves: [...moves, ...ownMoves].sort((a, b) => a.before - b.before || (a.lot < b.lot ? -1 : 1)),
      origins: milligramsOf(lot.content, digest.lot.made.origins),
      originUnits: vectorsOf(lot.content, digest.lot.made.origins),
      carriedLots: new Set([lot.lot, ...(digest.events?.attestedLots ?? [])]),
      caughtAt: (places) => caughtAt(places, { lot, units, through: before.through, standIns }),
      unrefined: () => ({ units: byMaterial(this.#all.unrefined), entries: [] }),
      weakest: () => weakestOf(this.#all),
      steps: ownSteps(history, lot, { production, materials, ownLegs, units }),
    };
  }
}

type Own = {
  readonly production: ProductionNode;
  readonly materials: readonly number[];
  readonly ownLegs: readonly CarriedLeg[];
  readonly units: Units;
};

/** The lot's own steps are told one by one, in a long history, too. */
function ownSteps(
  history: History,
  lot: LotNode,
  { production, materials, ownLegs, units }: Own,
): Facts['steps'] {
  const facility = history.facilities.get(production.facility);
  const made = { production, chokePoint: false, materials, recycled: [] };
  return {
    uses: facility && materials.length > 0 ? [{ ...made, facility }] : [],
    legs: ownLegs,
    through: () => units,
    of: (one) => (one === lot.lot ? units : new Map()),
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
    const { material, place } = split(key);
    const through = byMaterial(all.through.get(place) ?? new Map()).get(material) ?? 0n;
    const sum = (units.get(material) ?? 0n) + through;
    const most = whole.get(material) ?? 0n;
    units.set(material, sum < most ? sum : most);
    places.set(material, (places.get(material) ?? 0) + 1);
  }
  const isAll = [...caught].every(([key, ids]) => ids.size === all.standIns.countAt(split(key)));
  return { units, atMost: !isAll || [...places.values()].some((count) => count > 1) };
}

const NOWHERE: ReadonlySet<Hex> = new Set();

function split(key: string): Stand {
  const at = key.indexOf(' ');
  return { material: Number(key.slice(0, at)), place: key.slice(at + 1) };
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
