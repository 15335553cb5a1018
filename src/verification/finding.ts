import { apportion } from '../protocol/apportion.ts';
import { countryOf } from '../protocol/countries.ts';
import type { Hex } from '../protocol/hex.ts';
import { byMaterial, caughtAt, type Places, wholeMilligrams } from '../provenance/flow.ts';
import type { AttestationNode, FacilityNode, History } from '../provenance/history.ts';
import type { RuleAnswer } from './certificate.ts';
import { disclosedIn, type Facts } from './facts.ts';

/** How much of the lot's content of one material; `sharePpm` is of that material in the lot. */
export type Affected = { readonly material: number; readonly milligrams: bigint; readonly sharePpm: number };

/** Something that a check found. `answer` "not judged" is information: it changes no rule's answer. */
export type Finding = {
  readonly answer: RuleAnswer;
  readonly title: string;
  readonly detail: string;
  readonly affected: readonly Affected[];
  readonly sites: readonly Hex[];
  readonly parties: readonly Hex[];
  readonly statements: readonly Hex[];
  readonly mend: string | null;
};

/** What a check answers. `judged` is false where the ledger cannot tell, whatever the findings. */
export type CheckResult = {
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly relied: readonly AttestationNode[];
  readonly judged: boolean;
};

/** How much of the lot's content in scope came through any of these places, each milligram counted once. */
export function affectedBy(facts: Facts, places: Places): Affected[] {
  const found = byMaterial(caughtAt(facts.history, facts.ancestry, facts.flow, places));
  return facts.materials.flatMap((material) => {
    const units = found.get(material);
    return units === undefined ? [] : [affectedOf(facts, material, wholeMilligrams(units))];
  });
}

/** The whole of the lot's content in scope. */
export function affectedWhole(facts: Facts): Affected[] {
  return facts.materials.map((material) => affectedOf(facts, material, contentOf(facts, material)));
}

/** Milligrams of one material, beside its share of the lot's content of it. */
export function affectedOf(facts: Facts, material: number, milligrams: bigint): Affected {
  const total = contentOf(facts, material);
  return { material, milligrams, sharePpm: total === 0n ? 0 : Number((milligrams * 1_000_000n) / total) };
}

/** Shares in parts per million that sum to 1,000,000 exactly (to 0 where there is nothing to share). */
export function partsPerMillion(amounts: ReadonlyMap<string, bigint>): Map<string, number> {
  const some = [...amounts.values()].some((amount) => amount > 0n);
  const shares = some ? apportion(1_000_000n, amounts) : new Map<string, bigint>();
  return new Map([...amounts.keys()].map((key) => [key, Number(shares.get(key) ?? 0n)]));
}

/** A site as findings call it: its disclosed name, or its short id, and its country. */
export function siteLabel(history: History, facility: FacilityNode): string {
  const name = disclosedIn(history, facility.evidence).name;
  const called = typeof name === 'string' && name !== '' ? name : `Site ${shortId(facility.id)}`;
  return `${called} (${countryName(facility.country)})`;
}

/** The English name of a country, or its number where none is assigned. */
export function countryName(numeric: number): string {
  return countryOf(numeric)?.name ?? `country ${numeric}`;
}

/** An id as people can read it out. */
export function shortId(id: Hex): string {
  return `${id.slice(0, 10)}…`;
}

/** The day of a time, UTC. */
export function day(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}

/** The days between which the times lie: "2026-03-01", or "2026-03-01 to 2026-04-02". */
export function days(times: readonly number[]): string {
  const first = firstDay(times);
  const last = day(times.reduce((a, b) => Math.max(a, b)));
  return first === last ? first : `${first} to ${last}`;
}

/** The day of the earliest time. */
export function firstDay(times: readonly number[]): string {
  return day(times.reduce((a, b) => Math.min(a, b)));
}

/** "1 lot", "3 lots". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The values once each, in the order in which they first stand. */
export function unique<Value>(values: Iterable<Value>): Value[] {
  return [...new Set(values)];
}

function contentOf(facts: Facts, material: number): bigint {
  return facts.lot.content
    .filter((content) => content.material === material)
    .reduce((sum, { milligrams }) => sum + milligrams, 0n);
}
