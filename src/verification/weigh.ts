import type { Places } from '../provenance/flow.ts';
import type { Facts } from './facts.ts';
import { type Affected, affectedOf, type Finding, unique } from './finding.ts';
import { say } from './wording/say.ts';

/** A finding whose affected masses are known. */
export type WeighedFinding = Finding & {
  readonly affected: readonly Affected[];
  /** Nothing more than this is affected, but perhaps less. */
  readonly atMost: boolean;
};
type ToldFinding = Finding & { readonly affected: readonly Affected[] };
type PlacedFinding = Finding & { readonly affected: Places };

/**
 * Following the material through the places of one finding can cost as much as the whole history, and no page shows
 * more than a few dozen. So of one rule, this many are told apart, the gravest first, and the rest together.
 */
const TOLD_APART = 20;
const gravity = ['does not meet', 'not enough evidence', 'not judged', 'meets'] as const;

/** The findings of one rule with what of the lot's content each affects, each milligram counted once. */
export function weigh(facts: Facts, findings: readonly Finding[]): WeighedFinding[] {
  const known = findings.filter(isWeighed);
  const placed = gravity.flatMap((answer) =>
    findings.filter(isPlaced).filter((one) => one.answer === answer),
  );
  const rest = Map.groupBy(placed.slice(TOLD_APART), ({ answer }) => answer);
  const told = [...placed.slice(0, TOLD_APART), ...[...rest.values()].map(together)];
  return [
    ...told.map((finding) => ({ ...finding, ...affectedBy(facts, finding) })),
    ...known.map((finding) => ({ ...finding, atMost: false })),
  ];
}

/** How much of the lot's content in scope came through any of these places. */
function affectedBy(
  facts: Facts,
  { affected: places, materials = facts.materials }: PlacedFinding,
): Pick<WeighedFinding, 'affected' | 'atMost'> {
  const found = facts.caughtAt(places);
  const affected = facts.materials.flatMap((material) => {
    const units = found.units.get(material);
    return units === undefined || !materials.includes(material) ? [] : [affectedOf(facts, material, units)];
  });
  return { affected, atMost: found.atMost };
}

function together(findings: readonly PlacedFinding[]): PlacedFinding {
  const [first] = findings as [PlacedFinding];
  if (findings.length === 1) return first;
  const all = <Value>(pick: (finding: PlacedFinding) => Iterable<Value>) =>
    unique(findings.flatMap((finding) => [...pick(finding)]));
  return {
    ...first,
    title: say('more-findings.title', { count: findings.length }),
    detail: [say('more-findings.detail', { apart: TOLD_APART, first: first.title })],
    affected: {
      productions: new Set(all(({ affected }) => affected.productions ?? [])),
      lots: new Set(all(({ affected }) => affected.lots ?? [])),
    },
    ...(findings.some((finding) => finding.materials === undefined)
      ? {}
      : { materials: all(({ materials }) => materials ?? []) }),
    sites: all(({ sites }) => sites),
    parties: all(({ parties }) => parties),
    statements: all(({ statements }) => statements),
  };
}

function isWeighed(finding: Finding): finding is ToldFinding {
  return Array.isArray(finding.affected);
}

function isPlaced(finding: Finding): finding is PlacedFinding {
  return !isWeighed(finding);
}
