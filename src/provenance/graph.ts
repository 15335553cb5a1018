import type { Hex } from '../protocol/hex.ts';
import type { Lineage, LotNode, ProductionNode } from './history.ts';

/** What a lot descends from: productions with inputs before what is made of them, the lot's own production last. */
export type Ancestry = {
  readonly lot: LotNode;
  readonly productions: readonly ProductionNode[];
};

/** A production in the picture of an ancestry; `depth` is the longest way to the lot, whose own production has 0. */
export type GraphNode = { readonly production: Hex; readonly depth: number };
/** A lot that went from the production that made it into the one that spent it. */
export type GraphEdge = { readonly lot: Hex; readonly from: Hex; readonly to: Hex };
export type Graph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] };

/**
 * The productions that a lot descends from, each once, in an order that its history alone decides.
 *
 * @throws RangeError where the history lacks a lot or a production, or goes in a circle
 */
export function ancestryOf(history: Lineage, lot: Hex): Ancestry {
  const subject = lotIn(history, lot);
  const productions: ProductionNode[] = [];
  const state = new Map<Hex, 'open' | 'done'>();
  const stack = [visit(history, subject.production, state)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const input = top.production.inputs[top.next++];
    if (input === undefined) {
      state.set(top.production.id, 'done');
      productions.push(top.production);
      stack.pop();
      continue;
    }
    const parent = lotIn(history, input).production;
    if (state.get(parent) === 'open') throw new RangeError(`Production ${parent} descends from itself`);
    if (!state.has(parent)) stack.push(visit(history, parent, state));
  }
  return { lot: subject, productions };
}

/** An ancestry as nodes and edges, for drawing. Lots that were never spent again have no edge. */
export function graphOf(history: Lineage, ancestry: Ancestry): Graph {
  const depths = new Map<Hex, number>([[ancestry.lot.production, 0]]);
  const edges: GraphEdge[] = [];
  for (const production of ancestry.productions.toReversed()) {
    const depth = depths.get(production.id) ?? 0;
    for (const lot of production.inputs) {
      const from = lotIn(history, lot).production;
      depths.set(from, Math.max(depths.get(from) ?? 0, depth + 1));
      edges.push({ lot, from, to: production.id });
    }
  }
  const nodes = ancestry.productions.map(({ id }) => ({ production: id, depth: depths.get(id) ?? 0 }));
  return { nodes, edges };
}

/**
 * What became of a lot: the productions that it went into, nearest first, and the lots born there.
 * @param productions those that stand: one that was corrected gave its inputs back, and another may have spent them
 */
export function descendantsOf(
  lot: Hex,
  productions: Iterable<Pick<ProductionNode, 'id' | 'inputs' | 'outputs'>>,
): { readonly productions: readonly Hex[]; readonly lots: readonly Hex[] } {
  const spentBy = new Map<Hex, Pick<ProductionNode, 'id' | 'outputs'>>();
  for (const production of productions) for (const input of production.inputs) spentBy.set(input, production);
  const reached = new Set<Hex>();
  const lots = new Set<Hex>([lot]);
  for (const current of lots) {
    const production = spentBy.get(current);
    if (!production || reached.has(production.id)) continue;
    reached.add(production.id);
    for (const output of production.outputs) lots.add(output);
  }
  lots.delete(lot);
  return { productions: [...reached], lots: [...lots] };
}

/** A lot of a history. @throws RangeError where the history lacks it */
export function lotIn(history: Lineage, lot: Hex): LotNode {
  const node = history.lots.get(lot);
  if (!node) throw new RangeError(`The history lacks lot ${lot}`);
  return node;
}

type Visit = { readonly production: ProductionNode; next: number };

function visit(history: Lineage, id: Hex, state: Map<Hex, 'open' | 'done'>): Visit {
  const production = history.productions.get(id);
  if (!production) throw new RangeError(`The history lacks production ${id}`);
  state.set(id, 'open');
  return { production, next: 0 };
}
