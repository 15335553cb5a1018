import { apportion, UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { commodityName } from '../protocol/commodities.ts';
import { countryOf } from '../protocol/countries.ts';
import { type Hex, partySubject } from '../protocol/hex.ts';
import { type Places, wholeMilligrams } from '../provenance/flow.ts';
import type { FacilityNode, History, PartyNode } from '../provenance/history.ts';
import type { RuleAnswer } from './certificate.ts';
import { byRoute, disclosedIn, type Facts, isTold } from './facts.ts';
import type { Reliance } from './standing.ts';

/** How much of the lot's content of one material; `sharePpm` is of that material in the lot. */
export type Affected = { readonly material: number; readonly milligrams: bigint; readonly sharePpm: number };

/**
 * Something that a check found. `answer` "not judged" is information: it changes no rule's answer. What is affected is
 * told in masses or, to be weighed, in places that the material came through.
 */
export type Finding = {
  readonly answer: RuleAnswer;
  readonly title: string;
  readonly detail: string;
  readonly affected: readonly Affected[] | Places;
  /** The materials in question, where it is not all that came through the places. */
  readonly materials?: readonly number[];
  readonly sites: readonly Hex[];
  readonly parties: readonly Hex[];
  readonly statements: readonly Hex[];
  /** What would mend it or, where nothing does, what to do instead. */
  readonly mend: string;
};

/** What a check answers. `judged` is false where the ledger cannot tell, whatever the findings. */
export type CheckResult = {
  readonly summary: string;
  readonly findings: readonly Finding[];
  readonly relied: readonly Reliance[];
  readonly judged: boolean;
};

/** The whole of the lot's content in scope. */
export function affectedWhole(facts: Facts): Affected[] {
  return facts.materials.map((material) => affectedOf(facts, material, unitsOf(facts, material)));
}

/** Units of 2⁻⁶⁴ mg of one material, as milligrams and as a share of the lot's content of it, each to the nearest. */
export function affectedOf(facts: Facts, material: number, units: bigint): Affected {
  const total = unitsOf(facts, material);
  const sharePpm = total === 0n ? 0 : Number((units * 1_000_000n + total / 2n) / total);
  return { material, milligrams: wholeMilligrams(units), sharePpm };
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

/** What an attestation is about, as findings call it: a site, a lot or a party. */
export function subjectLabel(history: History, subject: Hex): string {
  const facility = history.facilities.get(subject);
  if (facility) return siteLabel(history, facility);
  if (history.lots.has(subject)) return `Lot ${shortId(subject)}`;
  const party = partyOf(history, subject);
  const name = party && disclosedIn(history, party.evidence).legalName;
  if (typeof name === 'string' && name !== '') return name;
  return `Party ${shortId(`0x${subject.slice(-40)}`)}`;
}

/** The party that an attestation is about, where it is about one. */
export function partyOf(history: History, subject: Hex): PartyNode | undefined {
  const party = history.parties.get(`0x${subject.slice(-40)}`);
  return party && partySubject(party.party) === subject ? party : undefined;
}

/** The English name of a country, or its number where none is assigned. */
export function countryName(numeric: number): string {
  return countryOf(numeric)?.name ?? `country ${numeric}`;
}

/** An HS code as findings call it: "cobalt metal (HS 8105.20)"; alone where it has no name here. */
export function commodityLabel(digits: string): string {
  const code = digits.length > 4 ? `HS ${digits.slice(0, 4)}.${digits.slice(4)}` : `HS ${digits}`;
  const name = commodityName(digits);
  return name === null ? code : `${name.charAt(0).toLowerCase()}${name.slice(1)} (${code})`;
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

/** "1 lot", "3 lots", "2 anomalies". */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`.replace(/(?<=[^aeiou])ys$/, 'ies')}`;
}

/** "3 productions"; where some of them stand for many, "productions". */
export function tally(ids: readonly Hex[], noun: string): string {
  return ids.every(isTold) ? count(unique(ids).length, noun) : count(2, noun).slice(2);
}

/** The same at the start of a sentence. */
export function tallyFirst(ids: readonly Hex[], noun: string): string {
  const words = tally(ids, noun);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** How many legs the material made: "3 legs", or "legs on 2 routes" where they are not told one by one. */
export function legsMade({ legs, isWhole }: Facts): string {
  return isWhole ? count(legs.length, 'leg') : `legs on ${count(byRoute(legs).length, 'route')}`;
}

/** "2 findings", or other words where there is none. */
export function orNone(findings: readonly unknown[], none: string): string {
  return findings.length === 0 ? none : count(findings.length, 'finding');
}

/** The values once each, in the order in which they first stand. */
export function unique<Value>(values: Iterable<Value>): Value[] {
  return [...new Set(values)];
}

/** The lot's content of a material, in units of 2⁻⁶⁴ mg. */
export function unitsOf(facts: Facts, material: number): bigint {
  return facts.lot.content
    .filter((content) => content.material === material)
    .reduce((sum, { milligrams }) => sum + milligrams * UNITS_PER_MILLIGRAM, 0n);
}
