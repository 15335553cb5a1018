import { UNITS_PER_MILLIGRAM } from '../../protocol/apportion.ts';
import type { OriginProcess } from '../../protocol/codes.ts';
import { pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import { originOfKey } from '../../protocol/origin.ts';
import { wholeMilligrams } from '../../provenance/flow.ts';
import type { Facts } from '../facts.ts';
import { affectedWhole, type Finding } from '../finding.ts';

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
      detail: 'A lot without tracked content has nothing whose origin could be told.',
      affected: affectedWhole(facts),
      sites: [],
      parties: [],
      statements: [facts.lot.production],
      mend: 'The producer declares the content of what it makes.',
    },
  ];
}
