import type { Process } from '../../protocol/codes.ts';
import { pairKey } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { originOfKey } from '../../protocol/origin.ts';
import { type Ancestry, ancestryOf } from '../../provenance/graph.ts';
import type { History } from '../../provenance/history.ts';
import { type OriginVectors, originsOfAncestry } from '../../provenance/origins.ts';
import type { OriginShare, Origins } from '../schemas/lots.ts';
import type { Names } from './names.ts';
import { contentView } from './values.ts';

/** Where each material of a lot entered the ledger, and every site that it passed. */
export function originsView(history: History, names: Names): Origins {
  const ancestry = ancestryOf(history, history.lot);
  const vectors = originsOfAncestry(history, ancestry);
  return {
    lot: history.lot,
    materials: ancestry.lot.content.map((content) => ({
      ...contentView(content),
      origins: sharesOf(vectors.get(pairKey(content.material, content.recycled)), content.milligrams, names),
    })),
    sites: sitesOf(history, ancestry).map((site) => ({
      ...site,
      processes: [...site.processes],
      facility: names.facility(site.facility),
    })),
  };
}

function sharesOf(amounts: Shares | undefined, total: bigint, names: Names): OriginShare[] {
  return [...(amounts ?? [])]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    .map(([key, milligrams]) => {
      const { facility, process } = originOfKey(key);
      const share = Number((milligrams * 1_000_000n) / total) / 1_000_000;
      return { facility: names.facility(facility), process, milligrams: String(milligrams), share };
    });
}

type Shares = NonNullable<ReturnType<OriginVectors['get']>>;
type Site = { facility: Hex; processes: Set<Process>; firstAt: number; lastAt: number };

/** Where the lot and its ancestors were made, and where they were received, by first time. */
function sitesOf(history: History, { productions, lot }: Ancestry): Site[] {
  const sites = new Map<Hex, Site>();
  const pass = (facility: Hex, at: number): Site => {
    const site = sites.get(facility) ?? { facility, processes: new Set(), firstAt: at, lastAt: at };
    site.firstAt = Math.min(site.firstAt, at);
    site.lastAt = Math.max(site.lastAt, at);
    sites.set(facility, site);
    return site;
  };
  const passed = new Set([lot.lot, ...productions.flatMap((production) => production.inputs)]);
  for (const { facility, process, occurredAt } of productions)
    pass(facility, occurredAt).processes.add(process);
  for (const id of passed)
    for (const { from, to, occurredAt, receipt } of history.legs.get(id) ?? []) {
      pass(from, occurredAt);
      if (receipt?.kind === 'accept') pass(to, receipt.occurredAt);
    }
  return [...sites.values()].sort((a, b) => a.firstAt - b.firstAt || (a.facility < b.facility ? -1 : 1));
}
