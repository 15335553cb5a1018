import type { CustodyModel } from '../protocol/codes.ts';
import { pairOf, sumContent } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import type { Amounts, Places } from '../provenance/flow.ts';
import type {
  AttestationNode,
  DisclosedFields,
  FacilityNode,
  History,
  Leg,
  LotNode,
  ProductionNode,
} from '../provenance/history.ts';
import { conversionsOf, type OriginVectors } from '../provenance/origins.ts';
import { isChokePoint } from '../provenance/passages.ts';
import { inForce, type Policy } from './policy.ts';

/**
 * A production that material in scope came through, and where; or, of a history that is told by site, one that stands
 * for many of its kind at such a time (`isTold` of its id is false). `recycled` are the
 * materials of which some was recycled by then.
 */
export type SiteUse = {
  readonly production: ProductionNode;
  readonly facility: FacilityNode;
  readonly chokePoint: boolean;
  readonly materials: readonly number[];
  readonly recycled: readonly number[];
};

/**
 * A leg that material in scope made, or one that stands for many of a route. `sent` is the lot's mass. `transit` is what
 * its evidence discloses of the countries on the way, null where it discloses nothing readable. `upstreamMaterials` are
 * those that had a smelter or refiner still to come, or have passed none at all.
 */
export type CarriedLeg = {
  readonly leg: Leg;
  readonly from: FacilityNode;
  readonly to: FacilityNode;
  readonly sent: bigint;
  readonly transit: readonly number[] | null;
  readonly upstreamMaterials: readonly number[];
  readonly materials: readonly number[];
};

/** A lot that was at one site and next acted upon at another, without a dispatch between them. */
export type Move = {
  readonly lot: Hex;
  readonly party: Hex;
  readonly from: FacilityNode;
  readonly to: FacilityNode;
  readonly before: number;
  readonly statement: Hex;
};

/** Whether a place is high-risk; `unknown` where no list in force could tell. */
export type Risk = 'high' | 'not listed' | 'unknown';

/** Units of 2⁻⁶⁴ mg per material; `atMost` where it cannot be more, but may be less. */
export type Caught = { readonly units: ReadonlyMap<number, bigint>; readonly atMost: boolean };

/**
 * What a history says, once, for every check. Only material that the policy is about is in it. `history` is whole, or,
 * where it is told by site, that of the lot alone, with every site and party of the whole.
 */
export type Facts = {
  readonly history: History;
  readonly policy: Policy;
  readonly lot: LotNode;
  /** In milligrams, as they are shown. */
  readonly origins: OriginVectors;
  /** In units of 2⁻⁶⁴ mg, as they are judged: a small lot hides nothing. */
  readonly originUnits: OriginVectors;
  readonly materials: readonly number[];
  readonly uses: readonly SiteUse[];
  /** The same for every material of the lot, whatever the policy is about. */
  readonly worked: readonly SiteUse[];
  readonly legs: readonly CarriedLeg[];
  readonly moves: readonly Move[];
  readonly attestationsOn: (subject: Hex) => readonly AttestationNode[];
  /** The lots that the material came through, as far as lots are told, this one among them. */
  readonly carriedLots: ReadonlySet<Hex>;
  /** What of the lot's content came through any of these places, each unit counted once. */
  readonly caughtAt: (places: Places) => Caught;
  /** What of the lot's content has passed no choke point, and the productions by which that entered, where it is told. */
  readonly unrefined: () => {
    readonly units: ReadonlyMap<number, bigint>;
    readonly entries: readonly ProductionNode[];
  };
  /** The weakest custody model since the origins, per material. */
  readonly weakest: () => ReadonlyMap<number, CustodyModel>;
  /** The steps that are told one by one, and what of the lot each of them carried. */
  readonly steps: {
    readonly uses: readonly SiteUse[];
    readonly legs: readonly CarriedLeg[];
    readonly through: (production: Hex) => Amounts;
    readonly of: (lot: Hex) => Amounts;
  };
  /** Whether all of the history is told step by step. */
  readonly isWhole: boolean;
};

/** Whether an id is of something that is told, and not of what stands for many. */
export function isTold(id: Hex): boolean {
  return !id.startsWith(STANDING_FOR);
}

/** An id of what stands for many: no statement, lot or document has one like it. */
export function standingFor(what: string): Hex {
  return `${STANDING_FOR}${what}`;
}

const STANDING_FOR = '0x…';

/** Whether a production is a choke point of due diligence. */
export function isChoke(history: History, facility: FacilityNode, production: ProductionNode): boolean {
  return isChokePoint(facility.kind, production.process, converts(history, production));
}

function converts(history: History, { inputs, outputs }: ProductionNode): boolean {
  const sum = (lots: readonly Hex[]) => sumContent(lots.map((lot) => history.lots.get(lot)?.content ?? []));
  return inputs.length > 0 && conversionsOf(sum(inputs), sum(outputs)).size > 0;
}

/** Whether a country was on a list of covered or high-risk ones at a time, as the policy's lists say. */
export function riskOf(policy: Policy, country: number, time: number): Risk {
  const known = [...policy.countries.covered, ...policy.countries.highRisk].filter((list) =>
    inForce(list, time),
  );
  if (known.some((list) => list.countries.includes(country))) return 'high';
  return policy.countries.highRisk.some((list) => inForce(list, time)) ? 'not listed' : 'unknown';
}

/** Each material for itself: what answers for one need not answer for another. */
export function perMaterial<One extends { readonly materials: readonly number[] }>(
  all: readonly One[],
): One[] {
  return all.flatMap((one) => one.materials.map((material) => ({ ...one, materials: [material] })));
}

/** Journeys by where they began and ended. */
export function byRoute<Journey extends { from: FacilityNode; to: FacilityNode }>(
  journeys: readonly Journey[],
): Journey[][] {
  return [...Map.groupBy(journeys, ({ from, to }) => `${from.id} ${to.id}`).values()];
}

/** Whether the two ends of a journey are in different countries. */
export function crossesBorder({ from, to }: { from: FacilityNode; to: FacilityNode }): boolean {
  return from.country !== to.country;
}

/** What a document discloses; nothing where nobody has shown it. */
export function disclosedIn(history: History, root: Hex): DisclosedFields {
  return history.disclosed.get(root) ?? {};
}

/** Whether the policy is about a material. */
export function inScope(policy: Policy, material: number): boolean {
  return policy.materials === null || policy.materials.includes(material);
}

/** The pairs of which there is something, however little, in the policy's scope; null: of all materials. */
export function carriedPairs(
  policy: Policy | null,
  amounts: Amounts | undefined,
): ReturnType<typeof pairOf>[] {
  return [...(amounts ?? [])]
    .filter(([, amount]) => amount > 0n)
    .map(([pair]) => pairOf(pair))
    .filter(({ material }) => policy === null || inScope(policy, material));
}
