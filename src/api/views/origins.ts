import { pairKey, pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { originOfKey } from '../../protocol/origin.ts';
import type { OriginVectors } from '../../provenance/origins.ts';
import {
  milligramsThrough,
  originsOfLot,
  type SitePassage,
  type SummarisedLot,
} from '../../provenance/summary.ts';
import type { OriginShare, Origins, SitePassed } from '../schemas/lots.ts';
import type { Mentions, Names } from './names.ts';
import { contentView } from './values.ts';

type Sites = ReadonlyMap<Hex, SitePassage>;

/** Where each material of a lot entered the ledger, and every site that it passed. */
export function originsView(
  lot: Hex,
  { provenance, sites }: { provenance: SummarisedLot; sites: Sites },
  names: Names,
): Origins {
  const vectors = originsOfLot(provenance);
  return {
    lot,
    materials: provenance.content.map((content) => ({
      ...contentView(content),
      origins: sharesOf(vectors.get(pairKey(content.material, content.recycled)), content.milligrams, names),
    })),
    sites: [...sites].sort(byFirstTime).map((site) => siteView(site, names)),
  };
}

/** What an origins answer mentions: each origin is a site, too. */
export function idsInSites(sites: Sites): Mentions {
  return {
    parties: [...sites.values()].flatMap(({ holders }) => [...holders]),
    facilities: [...sites.keys()],
  };
}

type Site = [facility: Hex, passage: SitePassage];

function siteView([facility, passage]: Site, names: Names): SitePassed {
  return {
    facility: names.facility(facility),
    processes: [...passage.processes],
    holders: [...passage.holders].sort().map((holder) => names.party(holder)),
    firstAt: passage.firstAt,
    lastAt: passage.lastAt,
    passed: [...milligramsThrough(passage)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([pair, milligrams]) => contentView({ ...pairOf(pair), milligrams })),
  };
}

function byFirstTime([facility, a]: Site, [other, b]: Site): number {
  return a.firstAt - b.firstAt || (facility < other ? -1 : 1);
}

function sharesOf(amounts: ReturnType<OriginVectors['get']>, total: bigint, names: Names): OriginShare[] {
  return [...(amounts ?? [])]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    .map(([key, milligrams]) => {
      const { facility, process } = originOfKey(key);
      const share = Number((milligrams * 1_000_000n) / total) / 1_000_000;
      return { facility: names.facility(facility), process, milligrams: String(milligrams), share };
    });
}
