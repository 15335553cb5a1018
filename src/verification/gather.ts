import { flowOf } from '../provenance/flow.ts';
import { ancestryOf } from '../provenance/graph.ts';
import type { History } from '../provenance/history.ts';
import { milligramsOf, summaryOf, vectorsOf } from '../provenance/origins.ts';
import { carriedPairs, type Facts, inScope, type Lineage, type SiteUse } from './facts.ts';
import { journeysOf } from './journeys.ts';
import type { Policy } from './policy.ts';

/**
 * What a history says, for every check of a policy.
 *
 * @throws RangeError where the history is not whole: ask `historyProblems` first
 */
export function factsOf(history: History, policy: Policy): Facts {
  const ancestry = ancestryOf(history, history.lot);
  const lineage = { history, policy, ancestry, flow: flowOf(history, ancestry) };
  const uses = usesOf(lineage);
  const recorded = history.attestations.toSorted(
    (a, b) => a.recordedAt - b.recordedAt || (a.id < b.id ? -1 : 1),
  );
  const bySubject = Map.groupBy(recorded, (attestation) => attestation.subject);
  const { content } = ancestry.lot;
  const summary = summaryOf(history, ancestry);
  const materials = new Set(content.map(({ material }) => material));
  return {
    ...lineage,
    lot: ancestry.lot,
    origins: milligramsOf(content, summary),
    originUnits: vectorsOf(content, summary),
    materials: [...materials].filter((material) => inScope(policy, material)),
    uses,
    ...journeysOf(lineage, uses),
    attestationsOn: (subject) => bySubject.get(subject) ?? [],
  };
}

function usesOf({ history, policy, ancestry, flow }: Lineage): SiteUse[] {
  return ancestry.productions.flatMap((production) => {
    const facility = history.facilities.get(production.facility);
    const carried = carriedPairs(policy, flow.productions.get(production.id));
    if (!facility || carried.length === 0) return [];
    const materials = [...new Set(carried.map(({ material }) => material))];
    return [{ production, facility, materials, recycled: carried.some((pair) => pair.recycled) }];
  });
}
