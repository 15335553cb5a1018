import type { Process } from '../protocol/codes.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Ancestry, graphOf, lotIn } from './graph.ts';
import type { Lineage, ProductionNode } from './history.ts';

/**
 * Part of an ancestry, drawn as one: all productions of a process; once that is opened, those at one site; once that is
 * opened, one production, or (`isRest`) those that are left out. `lots`, `milligrams`: what they made that went on towards the
 * lot; `nearest`, `furthest`: steps to the lot.
 */
export type Tier = {
  readonly key: string;
  readonly process: Process;
  readonly facility: Hex | null;
  readonly production: Hex | null;
  readonly isRest: boolean;
  readonly productions: number;
  readonly lots: number;
  readonly milligrams: bigint;
  readonly nearest: number;
  readonly furthest: number;
  readonly firstAt: number;
  readonly lastAt: number;
};

/** Lots that went from one part into another, and their net mass when they were born. */
export type TierLink = {
  readonly from: string;
  readonly to: string;
  readonly lots: number;
  readonly milligrams: bigint;
};

export type Tiers = { readonly tiers: readonly Tier[]; readonly links: readonly TierLink[] };

/**
 * An ancestry that can be read, however large: collapsed by what was done, and opened part by part.
 *
 * @param open keys of the parts that are opened; those that are not there are passed over
 * @param most productions of one site that are drawn apart, those nearest to the lot
 */
export function tiersOf(
  lineage: Lineage,
  ancestry: Ancestry,
  { open, most }: { open: ReadonlySet<string>; most: number },
): Tiers {
  const depths = new Map(
    graphOf(lineage, ancestry).nodes.map(({ production, depth }) => [production, depth]),
  );
  const keys = keysOf(ancestry, depths, { open, most });
  const tiers = new Map<string, Growing>();
  for (const production of ancestry.productions) join(tiers, production, { keys, depths });
  const links = new Map<string, { from: string; to: string; lots: number; milligrams: bigint }>();
  const leave = (lot: Hex, to: string | undefined) => {
    const { production, milligrams } = lotIn(lineage, lot);
    const from = keys.get(production);
    const tier = from === undefined ? undefined : tiers.get(from);
    if (from === undefined || !tier) return;
    tier.lots += 1;
    tier.milligrams += milligrams;
    if (to === undefined || to === from) return;
    const link = links.get(`${from} ${to}`) ?? { from, to, lots: 0, milligrams: 0n };
    links.set(`${from} ${to}`, { ...link, lots: link.lots + 1, milligrams: link.milligrams + milligrams });
  };
  for (const { id, inputs } of ancestry.productions) for (const lot of inputs) leave(lot, keys.get(id));
  leave(ancestry.lot.lot, undefined);
  return {
    tiers: [...tiers.values()].sort((a, b) => b.furthest - a.furthest || (a.key < b.key ? -1 : 1)),
    links: [...links.values()],
  };
}

type Depths = ReadonlyMap<Hex, number>;
type Growing = { -readonly [Key in keyof Tier]: Tier[Key] };

/** Which part each production is drawn in. */
function keysOf(
  { productions }: Ancestry,
  depths: Depths,
  { open, most }: { open: ReadonlySet<string>; most: number },
): Map<Hex, string> {
  const keys = new Map<Hex, string>();
  const drawn = new Map<string, number>();
  const nearestFirst = [...productions].sort(
    (a, b) => (depths.get(a.id) ?? 0) - (depths.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1),
  );
  for (const { id, process, facility } of nearestFirst) {
    const site = `${process}@${facility}`;
    if (!open.has(process)) keys.set(id, process);
    else if (!open.has(site)) keys.set(id, site);
    else {
      const count = drawn.get(site) ?? 0;
      drawn.set(site, count + 1);
      keys.set(id, count < most ? `${site}@${id}` : `${site}@rest`);
    }
  }
  return keys;
}

function join(
  tiers: Map<string, Growing>,
  { id, process, facility, occurredAt }: ProductionNode,
  { keys, depths }: { keys: ReadonlyMap<Hex, string>; depths: Depths },
): void {
  const [key, depth] = [keys.get(id) ?? process, depths.get(id) ?? 0];
  const isRest = key.endsWith('@rest');
  const known = tiers.get(key);
  if (!known) {
    tiers.set(key, {
      ...{ key, process, facility: key === process ? null : facility, isRest },
      production: key.endsWith(id) ? id : null,
      ...{ productions: 1, lots: 0, milligrams: 0n, nearest: depth, furthest: depth },
      ...{ firstAt: occurredAt, lastAt: occurredAt },
    });
    return;
  }
  known.productions += 1;
  known.nearest = Math.min(known.nearest, depth);
  known.furthest = Math.max(known.furthest, depth);
  known.firstAt = Math.min(known.firstAt, occurredAt);
  known.lastAt = Math.max(known.lastAt, occurredAt);
}
