import { pairOf } from '../protocol/content.ts';
import { type Origin, originOfKey } from '../protocol/origin.ts';
import type { Certificate, CertificateOrigin } from './certificate.ts';
import { type Kept, keptOf } from './custody-kept.ts';
import type { Facts } from './facts.ts';
import { partsPerMillion, unique } from './finding.ts';
import { countryView, materialView, siteView } from './names.ts';

/** The lot's content by origin: over one pair the milligrams sum to its content, over one material the shares to 1. */
export function originShares(facts: Facts): CertificateOrigin[] {
  return allMaterials(facts).flatMap((material) => {
    const parts = partsOf(facts, material);
    const shares = partsPerMillion(new Map(parts.map((part) => [part.key, part.milligrams])));
    return parts.map(({ key, origin, recycled, milligrams }) => ({
      material: materialView(material),
      recycled,
      kind: kindOf(origin, recycled),
      process: origin.process,
      site: siteView(facts.history, origin.facility),
      milligrams: String(milligrams),
      sharePpm: shares.get(key) ?? 0,
    }));
  });
}

/** The lot's content by country of origin, the largest first; declared origins are of no country. */
export function countryShares(facts: Facts): Certificate['byCountry'] {
  return allMaterials(facts).flatMap((material) => {
    const sums = new Map<string, bigint>();
    for (const { origin, milligrams } of partsOf(facts, material)) {
      const country = origin.process === 'declare' ? '' : countryKey(facts, origin);
      sums.set(country, (sums.get(country) ?? 0n) + milligrams);
    }
    const shares = partsPerMillion(sums);
    return [...sums]
      .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
      .map(([country, milligrams]) => ({
        material: materialView(material),
        country: country === '' ? null : countryView(Number(country)),
        milligrams: String(milligrams),
        sharePpm: shares.get(country) ?? 0,
      }));
  });
}

/** Each material's total, what of it is recycled, and how it was kept since its origins. */
export function materialShares(facts: Facts): Certificate['materials'] {
  return allMaterials(facts).map((material) => {
    const content = facts.lot.content.filter((entry) => entry.material === material);
    const total = sum(content);
    const recycled = sum(content.filter((entry) => entry.recycled));
    return {
      material: materialView(material),
      milligrams: String(total),
      recycledMilligrams: String(recycled),
      recycledPpm: total === 0n ? 0 : Number((recycled * 1_000_000n) / total),
      ...custodyView(keptOf(facts, material)),
    };
  });
}

function custodyView(kept: Kept | null): Pick<Certificate['materials'][number], 'custodyModel' | 'custody'> {
  if (!kept) return { custodyModel: null, custody: null };
  const { model, ...custody } = kept;
  return { custodyModel: model, custody };
}

type Part = { key: string; origin: Origin; recycled: boolean; milligrams: bigint };

/** The largest first, then by facility, process and primary before recycled. */
function partsOf(facts: Facts, material: number): Part[] {
  const parts = [...facts.origins].flatMap(([pair, origins]) => {
    const { material: of, recycled } = pairOf(pair);
    if (of !== material) return [];
    return [...origins].map(([key, milligrams]) => ({
      key: `${key} ${pair}`,
      origin: originOfKey(key),
      recycled,
      milligrams,
    }));
  });
  return parts.sort((a, b) =>
    a.milligrams === b.milligrams ? (a.key < b.key ? -1 : 1) : a.milligrams > b.milligrams ? -1 : 1,
  );
}

function kindOf({ process }: Origin, recycled: boolean): CertificateOrigin['kind'] {
  if (process === 'collect') return 'collected';
  if (recycled) return 'converted';
  return process === 'extract' ? 'mined' : 'declared';
}

function countryKey(facts: Facts, { facility }: Origin): string {
  return String(facts.history.facilities.get(facility)?.country ?? '').padStart(3, '0');
}

function allMaterials(facts: Facts): number[] {
  return unique(facts.lot.content.map(({ material }) => material));
}

function sum(content: readonly { milligrams: bigint }[]): bigint {
  return content.reduce((total, { milligrams }) => total + milligrams, 0n);
}
