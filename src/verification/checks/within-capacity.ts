import type { Hex } from '../../protocol/hex.ts';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import { byMaterial, wholeMilligrams } from '../../provenance/flow.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import { disclosedIn, type Facts, type SiteUse } from '../facts.ts';
import { type CheckResult, count, type Finding, orNone, siteLabel, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { askedIn, nothingTracked } from './entries.ts';

/** What of one material of the lot was worked on at one site, in so many calendar years. */
type Worked = {
  readonly facility: FacilityNode;
  readonly material: number;
  readonly uses: readonly SiteUse[];
  readonly years: readonly [first: number, last: number];
};

/**
 * Can each site have done what it is said to have done of this lot, by the yearly capacity that it discloses? More than that
 * is impossible. What else the site made in those years, one lot does not show, so that less proves nothing: it is not
 * contradicted. A site that discloses no capacity leaves not enough evidence.
 */
export function withinCapacity(
  facts: Facts,
  { sites, materials }: Parameters<'within-capacity'>,
): CheckResult {
  const asked = askedIn(facts, materials);
  const worked = asked.flatMap((material) => workedOn(facts, material, sites));
  const findings = [...nothingTracked(facts, asked), ...worked.flatMap((one) => judge(facts, one))];
  const many = count(unique(worked.map(({ facility }) => facility)).length, 'site');
  return {
    summary: `${many} asked about; ${orNone(findings, 'none did more of this lot than it can')}.`,
    findings,
    relied: [],
    judged: true,
  };
}

function workedOn(facts: Facts, material: number, kinds: readonly string[]): Worked[] {
  const uses = facts.uses.filter(
    (use) => use.materials.includes(material) && kinds.includes(use.facility.kind),
  );
  return [...Map.groupBy(uses, ({ facility }) => facility.id).values()].map((group) => {
    const [{ facility }] = group as [SiteUse];
    const years = group.map(({ production }) => new Date(production.occurredAt * 1_000).getUTCFullYear());
    return { facility, material, uses: group, years: [Math.min(...years), Math.max(...years)] };
  });
}

function judge(facts: Facts, worked: Worked): Finding[] {
  const { facility, material, years } = worked;
  const yearly = capacityOf(facts, facility, material);
  if (yearly === null) return [undisclosed(facts, worked)];
  const most = yearly * BigInt(years[1] - years[0] + 1);
  const done = milligramsAt(facts, worked, most);
  return done > most ? [tooMuch(facts, worked, { yearly, done })] : [];
}

/** To follow the material costs as much as the history: where it cannot be too much, step by step, nobody has to. */
function milligramsAt(facts: Facts, { material, uses }: Worked, enough: bigint): bigint {
  const productions = productionsOf(uses);
  if (facts.isWhole) {
    const through = (id: Hex) => byMaterial(facts.steps.through(id)).get(material) ?? 0n;
    const sum = wholeMilligrams([...productions].reduce((total, id) => total + through(id), 0n));
    if (sum <= enough) return sum;
  }
  return wholeMilligrams(facts.caughtAt({ productions }).units.get(material) ?? 0n);
}

function capacityOf({ history }: Facts, { evidence }: FacilityNode, material: number): bigint | null {
  const value = disclosedIn(history, evidence)[`capacity.${material}.milligramsPerYear`];
  return typeof value === 'string' && /^(0|[1-9]\d{0,30})$/.test(value) ? BigInt(value) : null;
}

function tooMuch(facts: Facts, worked: Worked, { yearly, done }: { yearly: bigint; done: bigint }): Finding {
  const { facility, material } = worked;
  const name = materialOf(material).name.toLowerCase();
  return {
    ...about(worked),
    answer: 'does not meet',
    title: `${siteLabel(facts.history, facility)} is said to have handled more ${name} than it can`,
    detail: `Of this lot alone, ${formatMass(done)} came through it in ${yearsOf(worked)}; it discloses a capacity of ${formatMass(yearly)} a year.`,
    mend: 'Nothing mends this lot, unless the capacity is out of date: then the operator discloses the right one, in the evidence of a new registration. An auditor finds out where the material came from.',
  };
}

function undisclosed(facts: Facts, worked: Worked): Finding {
  const { facility, material } = worked;
  const name = materialOf(material).name.toLowerCase();
  return {
    ...about(worked),
    answer: 'not enough evidence',
    title: `How much ${name} ${siteLabel(facts.history, facility)} can handle is not disclosed`,
    detail: `It handled ${name} of this lot in ${yearsOf(worked)}, and shows no readable capacity for it.`,
    mend: `The operator discloses "capacity.${material}.milligramsPerYear" in the evidence of the site: milligrams, as a decimal string.`,
  };
}

function about({ facility, material, uses }: Worked) {
  return {
    affected: { productions: productionsOf(uses) },
    materials: [material],
    sites: [facility.id],
    parties: [facility.operator],
    statements: [...productionsOf(uses)],
  };
}

function productionsOf(uses: readonly SiteUse[]): Set<Hex> {
  return new Set(uses.map(({ production }) => production.id));
}

function yearsOf({ years: [first, last] }: Worked): string {
  return first === last ? String(first) : `${first} to ${last}`;
}
