import { UNITS_PER_MILLIGRAM } from '../../protocol/apportion.ts';
import type { OriginProcess } from '../../protocol/codes.ts';
import { pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { originOfKey } from '../../protocol/origin.ts';
import { wholeMilligrams } from '../../provenance/flow.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import type { Facts } from '../facts.ts';
import { affectedWhole, commas, type Finding, unique } from '../finding.ts';
import type { Phrase, Value } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';

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
export function massWords(units: bigint): Value {
  return units < UNITS_PER_MILLIGRAM ? say('less-than-1-mg') : massOf(wholeMilligrams(units));
}

/** The same at the start of a sentence. */
export function massWordsFirst(units: bigint): Value {
  return units < UNITS_PER_MILLIGRAM ? say('first.less-than-1-mg') : massWords(units);
}

/** Milligrams, as findings say them. */
export function massOf(milligrams: bigint): Value {
  return { milligrams: String(milligrams) };
}

/** A lot without tracked content can be asked nothing: one finding, where `asked` has none of its materials. */
export function nothingTracked(facts: Facts, asked: readonly number[] = facts.materials): Finding[] {
  if (asked.length > 0) return [];
  return [
    {
      answer: 'not enough evidence',
      title: say('nothing-tracked.title'),
      detail: [declares(facts)],
      affected: affectedWhole(facts),
      sites: [facts.history.state.facility],
      parties: [facts.history.state.custodian],
      statements: [facts.lot.production],
      mend: say('nothing-tracked.mend'),
    },
  ];
}

function declares({ lot }: Facts): Phrase {
  const declared = unique(lot.content.map(({ material }) => material));
  return say('nothing-tracked.detail', {
    mass: massOf(lot.milligrams),
    materials: declared.length === 0 ? say('nothing-tracked.no-content') : materialNames(declared),
  });
}

/** "cobalt, nickel". */
export function materialNames(materials: readonly number[]): Value {
  return commas(materials.map((material) => ({ material })));
}
