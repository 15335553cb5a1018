import type { Hex } from '../protocol/hex.ts';
import { weakestCustody } from '../provenance/custody.ts';
import { type Amounts, byMaterial, caughtAt, type Flow, flowOf } from '../provenance/flow.ts';
import { type Ancestry, ancestryOf } from '../provenance/graph.ts';
import type { AttestationNode, History, LotNode, ProductionNode } from '../provenance/history.ts';
import { milligramsOf, summaryOf, vectorsOf } from '../provenance/origins.ts';
import { carriedPairs, type Facts, inScope, isChoke, type SiteUse } from './facts.ts';
import { journeysOf } from './journeys.ts';
import type { Policy } from './policy.ts';

/** A lot's history, and how its content came through it. */
export type Lineage = {
  readonly history: History;
  readonly policy: Policy;
  readonly ancestry: Ancestry;
  readonly flow: Flow;
};

/**
 * What a history says, for every check of a policy.
 *
 * @throws RangeError where the history is not whole: ask `historyProblems` first
 */
export function factsOf(history: History, policy: Policy): Facts {
  const ancestry = ancestryOf(history, history.lot);
  const lineage = { history, policy, ancestry, flow: flowOf(history, ancestry) };
  const { flow } = lineage;
  const worked = workedIn(lineage);
  const uses = worked.flatMap((use) => scopedTo(policy, use));
  const { content } = ancestry.lot;
  const summary = summaryOf(history, ancestry);
  const { legs, moves } = journeysOf(lineage, uses);
  const { lot } = ancestry.lot;
  const own = ancestry.productions.filter(({ id }) => id === ancestry.lot.production);
  const productions = [...uses.map((use) => use.production), ...own];
  return {
    ...{ history, policy, lot: ancestry.lot, uses, worked, legs, moves },
    origins: milligramsOf(content, summary),
    originUnits: vectorsOf(content, summary),
    materials: materialsInScope(ancestry.lot, policy),
    attestationsOn: attestationsBySubject(history),
    carriedLots: new Set([
      lot,
      ...productions.flatMap(({ outputs }) => outputs.filter((one) => flow.lots.has(one))),
    ]),
    caughtAt: (places) => ({ units: byMaterial(caughtAt(history, ancestry, flow, places)), atMost: false }),
    unrefined: once(() => unrefinedOf(lineage, uses)),
    weakest: () =>
      new Map([...weakestCustody(ancestry, flow)].map(([material, { model }]) => [material, model])),
    steps: {
      ...{ uses, legs },
      through: (production) => flow.productions.get(production) ?? NOTHING,
      of: (lot) => flow.lots.get(lot) ?? NOTHING,
    },
    isWhole: true,
  };
}

const NOTHING: Amounts = new Map();

/** What costs as much as the history is worked out when it is first asked for. */
function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The materials of a lot that a policy is about. */
export function materialsInScope({ content }: LotNode, policy: Policy): number[] {
  const materials = new Set(content.map(({ material }) => material));
  return [...materials].filter((material) => inScope(policy, material));
}

/** The attestations on each subject, by when they were recorded. */
export function attestationsBySubject(history: History): (subject: Hex) => readonly AttestationNode[] {
  const recorded = history.attestations.toSorted(
    (a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1),
  );
  const bySubject = Map.groupBy(recorded, (attestation) => attestation.subject);
  return (subject) => bySubject.get(subject) ?? [];
}

function workedIn({ history, ancestry, flow }: Lineage): SiteUse[] {
  return ancestry.productions.flatMap((production) => {
    const facility = history.facilities.get(production.facility);
    const carried = carriedPairs(null, flow.productions.get(production.id));
    if (!facility || carried.length === 0) return [];
    const materials = [...new Set(carried.map(({ material }) => material))];
    const chokePoint = isChoke(history, facility, production);
    const recycled = carried.filter((pair) => pair.recycled).map(({ material }) => material);
    return [{ production, facility, chokePoint, materials, recycled }];
  });
}

/** A use as far as the policy is about what was worked on. */
function scopedTo(policy: Policy, use: SiteUse): SiteUse[] {
  const materials = use.materials.filter((material) => inScope(policy, material));
  const recycled = use.recycled.filter((material) => inScope(policy, material));
  return materials.length === 0 ? [] : [{ ...use, materials, recycled }];
}

/** Followed all the way back to where it entered the ledger. */
function unrefinedOf({ history, ancestry, flow }: Lineage, uses: readonly SiteUse[]) {
  const chokes = new Set(uses.filter((use) => use.chokePoint).map(({ production }) => production.id));
  const { caught, productions } = flowOf(history, ancestry, { productions: chokes });
  const refined = byMaterial(caught);
  const whole = byMaterial(flow.lots.get(ancestry.lot.lot) ?? NOTHING);
  const units = new Map(
    [...whole].map(([material, amount]) => [material, amount - (refined.get(material) ?? 0n)]),
  );
  const isRest = (amounts: Amounts) =>
    [...byMaterial(amounts).keys()].some((material) => (units.get(material) ?? 0n) > 0n);
  const entries: ProductionNode[] = uses
    .map(({ production }) => production)
    .filter(({ id, inputs }) => inputs.length === 0 && !chokes.has(id))
    .filter(({ id }) => isRest(productions.get(id) ?? NOTHING));
  return { units, entries };
}
