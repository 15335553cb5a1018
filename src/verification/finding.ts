import { apportion, UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { type Hex, partySubject } from '../protocol/hex.ts';
import { type Places, wholeMilligrams } from '../provenance/flow.ts';
import type { FacilityNode, History, PartyNode } from '../provenance/history.ts';
import type { RuleAnswer } from './certificate.ts';
import { byRoute, disclosedIn, type Facts, isTold } from './facts.ts';
import type { Reliance } from './standing.ts';
import type { Phrase, PolicyWords, Value } from './wording/phrase.ts';
import { type PhraseKey, say } from './wording/say.ts';

/** How much of the lot's content of one material; `sharePpm` is of that material in the lot. */
export type Affected = { readonly material: number; readonly milligrams: bigint; readonly sharePpm: number };

/**
 * Something that a check found. `answer` "not judged" is information: it changes no rule's answer. What is affected is
 * told in masses or, to be weighed, in places that the material came through.
 */
export type Finding = {
  readonly answer: RuleAnswer;
  readonly title: Phrase;
  /** Sentences, one after another. */
  readonly detail: readonly Phrase[];
  readonly affected: readonly Affected[] | Places;
  /** The materials in question, where it is not all that came through the places. */
  readonly materials?: readonly number[];
  readonly sites: readonly Hex[];
  readonly parties: readonly Hex[];
  readonly statements: readonly Hex[];
  /** What would mend it or, where nothing does, what to do instead. */
  readonly mend: Phrase;
};

/** What a check answers. `judged` is false where the ledger cannot tell, whatever the findings. */
export type CheckResult = {
  readonly summary: Phrase | PolicyWords;
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
export function siteLabel(history: History, { id, evidence, country }: FacilityNode): Phrase {
  const { name } = disclosedIn(history, evidence);
  const called = typeof name === 'string' && name !== '' ? name : say('site-unnamed', { id: { id } });
  return say('site', { name: called, country: { country } });
}

/** A lot by its short id. */
export function lotLabel(id: Hex): Phrase {
  return say('lot', { id: { id } });
}

/** What an attestation is about, as findings call it: a site, a lot or a party. */
export function subjectLabel(history: History, subject: Hex): Value {
  const facility = history.facilities.get(subject);
  if (facility) return siteLabel(history, facility);
  if (history.lots.has(subject)) return lotLabel(subject);
  const party = partyOf(history, subject);
  const name = party && disclosedIn(history, party.evidence).legalName;
  if (typeof name === 'string' && name !== '') return name;
  return say('party-unnamed', { id: { id: `0x${subject.slice(-40)}` } });
}

/** The party that an attestation is about, where it is about one. */
export function partyOf(history: History, subject: Hex): PartyNode | undefined {
  const party = history.parties.get(`0x${subject.slice(-40)}`);
  return party && partySubject(party.party) === subject ? party : undefined;
}

/** The days between which the times lie; one where they are of one day. */
export function days(times: readonly number[]): Phrase {
  const from = firstDay(times);
  const until = { day: times.reduce((a, b) => Math.max(a, b)) };
  return isoDay(from.day) === isoDay(until.day)
    ? say('on-day', { day: from })
    : say('from-day-to-day', { from, until });
}

/** The day of the earliest time. */
export function firstDay(times: readonly number[]): { day: number } {
  return { day: times.reduce((a, b) => Math.min(a, b)) };
}

/** The day of a time, UTC, as ISO 8601 writes it. */
export function isoDay(time: number): string {
  return new Date(time * 1000).toISOString().slice(0, 10);
}

type NounOf<Key, Before extends string> = Key extends `${Before}.${infer Noun}` ? Noun : never;

/** "1 lot", "3 lots". */
export function count(number: number, noun: NounOf<PhraseKey, 'count'>): Phrase {
  return say(`count.${noun}`, { count: number });
}

/** "3 productions"; where some of them stand for many, "productions". */
export function tally(ids: readonly Hex[], noun: NounOf<PhraseKey, 'some'>): Phrase {
  return ids.every(isTold) ? count(unique(ids).length, noun) : say(`some.${noun}`);
}

/** The same at the start of a sentence. */
export function tallyFirst(ids: readonly Hex[], noun: NounOf<PhraseKey, 'first.some'>): Phrase {
  return ids.every(isTold) ? count(unique(ids).length, noun) : say(`first.some.${noun}`);
}

/** How many legs the material made: "3 legs", or "legs on 2 routes" where they are not told one by one. */
export function legsMade({ legs, isWhole }: Facts): Phrase {
  return isWhole ? count(legs.length, 'leg') : say('legs-on-routes', { count: byRoute(legs).length });
}

/** "2 findings", or other words where there is none. */
export function orNone(findings: readonly unknown[], none: Phrase): Phrase {
  return findings.length === 0 ? none : count(findings.length, 'finding');
}

/** "a, b, c". */
export function commas(items: readonly Value[]): Value {
  return { list: items, joint: 'comma' };
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
