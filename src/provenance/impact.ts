import type { PairKey } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Recall, type RecallGraph, type RecallLot, type RecallProduction, recallOf } from './recall.ts';

type ImpactLot = RecallLot & { readonly lot: Hex };

/**
 * What stands of that which was made of several lots, the seeds: content in milligrams per pair; and every production
 * that spent a seed or a descendant of one, in the order of recording. A seed may descend from another.
 */
export type ImpactGraph<Lot extends ImpactLot = ImpactLot> = {
  readonly seeds: readonly (Lot & { readonly content: ReadonlyMap<PairKey, bigint> })[];
  readonly productions: RecallGraph<Lot>['productions'];
};

/** The content of the seeds together, and where it is now. `gone` also has what became part of another seed. */
export type Impact<Lot extends ImpactLot = ImpactLot> = Recall<Lot> & {
  readonly content: ReadonlyMap<PairKey, bigint>;
};

/** Stands before everything that was recorded. */
const ENTRY = -1;

/**
 * Follows the content of all seeds forward at once, as a recall follows that of one. A seed counts whole, whatever it was
 * made of: what reaches it from another seed ends there, so that no unit is counted twice in any live lot. Per material,
 * what is affected in the live lots and what is gone sum to the seeds' content exactly.
 *
 * It is the recall of a lot that was divided into the seeds.
 */
export function impactOf<Lot extends ImpactLot>({ seeds, productions }: ImpactGraph<Lot>): Impact<Lot> {
  const [first] = seeds;
  const entry = entryOf(seeds);
  if (!first) return { live: [], gone: new Map(), content: entry.inputs };
  const ids = new Set(seeds.map(({ lot }) => lot));
  const others = [...productions].map(([number, made]) => [number, withoutOutputs(made, ids)] as const);
  const subject = { ...first, content: entry.inputs, spentBy: ENTRY };
  const recall = recallOf<Lot>({ subject, productions: new Map([[ENTRY, entry], ...others]) });
  return { ...recall, content: entry.inputs };
}

function entryOf<Lot extends ImpactLot>(seeds: ImpactGraph<Lot>['seeds']): RecallProduction<Lot> {
  const contents = new Map<PairKey, bigint[]>();
  const inputs = new Map<PairKey, bigint>();
  for (const [place, { content }] of seeds.entries())
    for (const [pair, milligrams] of content) {
      const masses = contents.get(pair) ?? seeds.map(() => 0n);
      masses[place] = milligrams;
      contents.set(pair, masses);
      inputs.set(pair, (inputs.get(pair) ?? 0n) + milligrams);
    }
  return { inputs, outputs: seeds, contents };
}

/** To what is left, the others look like a loss: their part is counted, and ends here. */
function withoutOutputs<Lot extends ImpactLot>(
  made: RecallProduction<Lot>,
  ids: ReadonlySet<Hex>,
): RecallProduction<Lot> {
  const kept = made.outputs.flatMap(({ lot }, place) => (ids.has(lot) ? [] : [place]));
  if (kept.length === made.outputs.length) return made;
  const contents = [...made.contents].map(
    ([pair, masses]) => [pair, kept.map((place) => masses[place] ?? 0n)] as const,
  );
  return {
    inputs: made.inputs,
    outputs: kept.map((place) => made.outputs[place] as Lot),
    contents: new Map(contents),
  };
}
