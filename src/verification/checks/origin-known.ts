import { countryOf } from '../../protocol/countries.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Facts } from '../facts.ts';
import {
  type Affected,
  affectedOf,
  type CheckResult,
  count,
  type Finding,
  orNone,
  siteLabel,
  unitsOf,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { say } from '../wording/say.ts';
import { type Entry, entriesOf, massWordsFirst, nothingTracked, sumOf } from './entries.ts';

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
      ? say('origin-known.none')
      : say('origin-known.summary', {
          sites: count(sites, 'site'),
          outcome: orNone(findings, say('origin-known.all')),
        });
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
  const masses = amountsOf(facts, entries).map(({ material, units }) =>
    say('origin-known.mass', { mass: massWordsFirst(units), material: { material } }),
  );
  return {
    answer: 'not enough evidence',
    title: say('origin-known.undeclared.title', { masses: { list: masses, joint: 'and' } }),
    detail: [
      say('origin-known.undeclared.detail', {
        site: node ? siteLabel(facts.history, node) : { id: facility },
      }),
    ],
    affected: affectedIn(facts, entries),
    sites: [facility],
    parties: node ? [node.operator] : [],
    mend: say('origin-known.undeclared.mend'),
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
        title: say('origin-known.no-country.title'),
        detail: [
          say('origin-known.no-country.detail', {
            site: say('site-unnamed', { id: { id: facility } }),
            number: node ? String(node.country) : say('origin-known.no-country.none'),
          }),
        ],
        affected: affectedIn(facts, entries),
        sites: [facility],
        parties: node ? [node.operator] : [],
        statements: [facility],
        mend: say('origin-known.no-country.mend'),
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
