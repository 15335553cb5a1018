import { countryOf } from '../../protocol/countries.ts';
import type { Hex } from '../../protocol/hex.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { Facts } from '../facts.ts';
import {
  type Affected,
  affectedOf,
  type CheckResult,
  count,
  type Finding,
  orNone,
  shortId,
  siteLabel,
  unitsOf,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { capital, type Entry, entriesOf, massWords, nothingTracked, sumOf } from './entries.ts';

/** Does every milligram come from a mine or a collection of scrap that is on the ledger, in a known country? */
export function originKnown(facts: Facts, { undeclaredMaxPpm }: Parameters<'origin-known'>): CheckResult {
  const findings = [
    ...nothingTracked(facts),
    ...undeclared(facts, undeclaredMaxPpm),
    ...withoutCountry(facts),
  ];
  const sites = new Set(entriesOf(facts).map(({ facility }) => facility)).size;
  const summary =
    sites === 0
      ? 'The lot declares no material that this policy is about.'
      : `The material entered the ledger at ${count(sites, 'site')}; ${orNone(findings, 'every origin is known')}.`;
  return { summary, findings, relied: [], judged: true };
}

function undeclared(facts: Facts, maxPpm: number): Finding[] {
  const declared = entriesOf(facts).filter((entry) => entry.declared);
  const over = facts.materials.filter((material) => {
    const units = sumOf(declared.filter((entry) => entry.material === material));
    return units * 1_000_000n > unitsOf(facts, material) * BigInt(maxPpm);
  });
  const bySite = Map.groupBy(
    declared.filter((entry) => over.includes(entry.material)),
    (entry) => entry.facility,
  );
  const uses = facts.uses.filter(({ production }) => production.process === 'declare');
  const usesAt = Map.groupBy(uses, ({ production }) => production.facility);
  return [...bySite].map(([facility, entries]) => ({
    ...undeclaredAt(facts, facility, entries),
    statements: (usesAt.get(facility) ?? []).map(({ production }) => production.id),
  }));
}

function undeclaredAt(facts: Facts, facility: Hex, entries: readonly Entry[]): Omit<Finding, 'statements'> {
  const node = facts.history.facilities.get(facility);
  const masses = amountsOf(facts, entries).map(
    ({ material, units }) => `${capital(massWords(units))} of ${materialOf(material).name.toLowerCase()}`,
  );
  return {
    answer: 'not enough evidence',
    title: `${masses.join(' and ')}: origin not on the ledger`,
    detail: `It entered as declared stock at ${node ? siteLabel(facts.history, node) : shortId(facility)}: where it was mined or collected, nobody has signed for.`,
    affected: affectedIn(facts, entries),
    sites: [facility],
    parties: node ? [node.operator] : [],
    mend: 'Nothing mends this lot: an origin cannot be added after the fact. Lots made only of material that was registered at its mine or collection have none of this.',
  };
}

function withoutCountry(facts: Facts): Finding[] {
  const bySite = Map.groupBy(entriesOf(facts), (entry) => entry.facility);
  return [...bySite].flatMap(([facility, entries]) => {
    const node = facts.history.facilities.get(facility);
    if (node && countryOf(node.country)) return [];
    return [
      {
        answer: 'not enough evidence',
        title: `An origin's country is not known`,
        detail: `Site ${shortId(facility)} is registered in ${node?.country ?? 'no country'}, a number that ISO 3166-1 does not assign.`,
        affected: affectedIn(facts, entries),
        sites: [facility],
        parties: node ? [node.operator] : [],
        statements: [facility],
        mend: 'The operator registers the site again, in its country, and produces there from then on.',
      },
    ] satisfies Finding[];
  });
}

function affectedIn(facts: Facts, entries: readonly Entry[]): Affected[] {
  return amountsOf(facts, entries).map(({ material, units }) => affectedOf(facts, material, units));
}

function amountsOf(facts: Facts, entries: readonly Entry[]): { material: number; units: bigint }[] {
  return facts.materials
    .map((material) => ({ material, units: sumOf(entries.filter((entry) => entry.material === material)) }))
    .filter(({ units }) => units > 0n);
}
