import type { Hex } from '../../protocol/hex.ts';
import { byMaterial, wholeMilligrams } from '../../provenance/flow.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import { disclosedIn, type Facts, type SiteUse } from '../facts.ts';
import { type CheckResult, count, type Finding, orNone, siteLabel, unique } from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import { askedIn, massOf, nothingTracked } from './entries.ts';

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
    summary: say('within-capacity.summary', {
      sites: many,
      outcome: orNone(findings, say('within-capacity.none')),
    }),
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
  return {
    ...about(worked),
    answer: 'does not meet',
    title: say('within-capacity.too-much.title', {
      site: siteLabel(facts.history, facility),
      material: { material },
    }),
    detail: [
      say('within-capacity.too-much.detail', {
        ...{ mass: massOf(done), years: yearsOf(worked), capacity: massOf(yearly) },
      }),
    ],
    mend: say('within-capacity.too-much.mend'),
  };
}

function undisclosed(facts: Facts, worked: Worked): Finding {
  const { facility, material } = worked;
  return {
    ...about(worked),
    answer: 'not enough evidence',
    title: say('within-capacity.undisclosed.title', {
      site: siteLabel(facts.history, facility),
      material: { material },
    }),
    detail: [say('within-capacity.undisclosed.detail', { material: { material }, years: yearsOf(worked) })],
    mend: say('within-capacity.undisclosed.mend', { field: `capacity.${material}.milligramsPerYear` }),
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

function yearsOf({ years: [first, last] }: Worked): Phrase {
  return first === last
    ? say('within-capacity.year', { year: String(first) })
    : say('within-capacity.years', { from: String(first), until: String(last) });
}
