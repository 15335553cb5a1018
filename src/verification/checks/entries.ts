import { UNITS_PER_MILLIGRAM } from '../../protocol/apportion.ts';
import type { OriginProcess } from '../../protocol/codes.ts';
import { pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import { originOfKey } from '../../protocol/origin.ts';
import { wholeMilligrams } from '../../provenance/flow.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import { affectedWhole, type Finding, unique } from '../finding.ts';

/** What entered at one place. `units` of 2⁻⁶⁴ mg, so that the smallest lot shows what is in it. */
export type Entry = {
  readonly facility: Hex;
  readonly process: OriginProcess;
  readonly declared: boolean;
  readonly material: number;
  readonly recycled: boolean;
  readonly units: bigint;
};

/** Where the lot's content in scope entered the ledger. */
export function entriesOf(facts: Facts): Entry[] {
  return [...facts.originUnits].flatMap(([pair, origins]) => {
    const { material, recycled } = pairOf(pair);
    if (!facts.materials.includes(material)) return [];
    return [...origins].map(([key, units]) => {
      const { facility, process } = originOfKey(key);
      return { facility, process, declared: process === 'declare', material, recycled, units };
    });
  });
}

/**
 * Where a material entered of which nobody on the ledger smelted, refined or recycled a part. Told by site, it is not known
 * which of them the part came from, so that it is all.
 */
export function unrefinedAt(facts: Facts, material: number): FacilityNode[] {
  const told = new Set(facts.unrefined().entries.map(({ facility }) => facility));
  const entered = entriesOf(facts).filter((entry) => entry.material === material);
  const sites = entered.filter(({ facility }) => !facts.isWhole || told.has(facility));
  return unique(sites.map(({ facility }) => facility)).flatMap(
    (facility) => facts.history.facilities.get(facility) ?? [],
  );
}

/** Their units together. */
export function sumOf(entries: readonly Entry[]): bigint {
  return entries.reduce((total, { units }) => total + units, 0n);
}

/** The materials asked about that the lot declares. */
export function askedIn(facts: Facts, asked: readonly number[] | null): number[] {
  return facts.materials.filter((material) => asked === null || asked.includes(material));
}

/** A mass in units, as findings say it. */
export function massWords(units: bigint): string {
  return units < UNITS_PER_MILLIGRAM ? 'less than 1 mg' : formatMass(wholeMilligrams(units));
}

/** Parts per million as people say them: "65 %", "0.5 %". */
export function percent(ppm: number): string {
  return `${ppm / 10_000} %`;
}

/** The same with a capital at its start. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A lot without tracked content can be asked nothing: one finding, where `asked` has none of its materials. */
export function nothingTracked(facts: Facts, asked: readonly number[] = facts.materials): Finding[] {
  if (asked.length > 0) return [];
  return [
    {
      answer: 'not enough evidence',
      title: 'The lot declares no material that this policy is about',
      detail: `${declares(facts)}: there is nothing here that this rule could be asked about.`,
      affected: affectedWhole(facts),
      sites: [facts.history.state.facility],
      parties: [facts.history.state.custodian],
      statements: [facts.lot.production],
      mend: 'Ask a policy that is about what the lot declares. Where it has the material all the same, its producer declares it in the content of what it makes next.',
    },
  ];
}

function declares({ lot }: Facts): string {
  const names = unique(lot.content.map(({ material }) => materialOf(material).name.toLowerCase()));
  return `The lot is ${formatMass(lot.milligrams)} and declares ${names.length === 0 ? 'no content' : names.join(', ')}`;
}
