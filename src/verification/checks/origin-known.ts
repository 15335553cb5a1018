import { pairOf } from '../../protocol/content.ts';
import { countryOf } from '../../protocol/countries.ts';
import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import { originOfKey } from '../../protocol/origin.ts';
import type { Facts } from '../facts.ts';
import {
  type Affected,
  affectedOf,
  affectedWhole,
  type CheckResult,
  count,
  type Finding,
  siteLabel,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';

/** Does every milligram come from a mine or a collection of scrap that is on the ledger, in a known country? */
export function originKnown(facts: Facts, { undeclaredMaxPpm }: Parameters<'origin-known'>): CheckResult {
  const findings = [
    ...(facts.materials.length === 0 ? [nothingTracked(facts)] : []),
    ...undeclared(facts, undeclaredMaxPpm),
    ...withoutCountry(facts),
  ];
  const sites = new Set(entriesOf(facts).map(({ facility }) => facility)).size;
  const summary = `The material entered the ledger at ${count(sites, 'site')}; ${count(findings.length, 'finding')}.`;
  return { summary, findings, relied: [], judged: true };
}

type Entry = { facility: Hex; declared: boolean; material: number; milligrams: bigint };

function entriesOf(facts: Facts): Entry[] {
  return [...facts.origins].flatMap(([pair, origins]) => {
    const { material } = pairOf(pair);
    if (!facts.materials.includes(material)) return [];
    return [...origins].map(([key, milligrams]) => {
      const { facility, process } = originOfKey(key);
      return { facility, declared: process === 'declare', material, milligrams };
    });
  });
}

function undeclared(facts: Facts, maxPpm: number): Finding[] {
  const declared = entriesOf(facts).filter((entry) => entry.declared);
  const over = facts.materials.filter((material) => {
    const mass = sum(declared.filter((entry) => entry.material === material));
    const total = sum(entriesOf(facts).filter((entry) => entry.material === material));
    return mass * 1_000_000n > total * BigInt(maxPpm);
  });
  const bySite = Map.groupBy(
    declared.filter((entry) => over.includes(entry.material)),
    (entry) => entry.facility,
  );
  return [...bySite].map(([facility, entries]) => undeclaredAt(facts, facility, affectedIn(facts, entries)));
}

function undeclaredAt(facts: Facts, facility: Hex, affected: readonly Affected[]): Finding {
  const node = facts.history.facilities.get(facility);
  const masses = affected.map(
    ({ material, milligrams }) => `${formatMass(milligrams)} of ${materialOf(material).name.toLowerCase()}`,
  );
  const productions = facts.uses.filter(
    ({ production }) => production.process === 'declare' && production.facility === facility,
  );
  return {
    answer: 'not enough evidence',
    title: `${masses.join(' and ')}: origin not on the ledger`,
    detail: `It entered as declared stock at ${node ? siteLabel(facts.history, node) : facility}: where it was mined or collected, nobody has signed for.`,
    affected,
    sites: [facility],
    parties: node ? [node.operator] : [],
    statements: productions.map(({ production }) => production.id),
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
        detail: `Site ${facility} is registered in ${node?.country ?? 'no country'}, a number that ISO 3166-1 does not assign.`,
        affected: affectedIn(facts, entries),
        sites: [facility],
        parties: node ? [node.operator] : [],
        statements: [facility],
        mend: 'The operator registers the site again, in its country, and produces there from then on.',
      },
    ] satisfies Finding[];
  });
}

function nothingTracked(facts: Facts): Finding {
  return {
    answer: 'not enough evidence',
    title: 'The lot declares no material that this policy is about',
    detail: 'A lot without tracked content has nothing whose origin could be told.',
    affected: affectedWhole(facts),
    sites: [],
    parties: [],
    statements: [facts.lot.production],
    mend: 'The producer declares the content of what it makes.',
  };
}

function affectedIn(facts: Facts, entries: readonly Entry[]): Affected[] {
  return facts.materials.flatMap((material) => {
    const mass = sum(entries.filter((entry) => entry.material === material));
    return mass > 0n ? [affectedOf(facts, material, mass)] : [];
  });
}

function sum(entries: readonly Entry[]): bigint {
  return entries.reduce((total, entry) => total + entry.milligrams, 0n);
}
