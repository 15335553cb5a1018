import { type Hex, partySubject } from '../../protocol/hex.ts';
import { byMaterial } from '../../provenance/flow.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import type { Facts, SiteUse } from '../facts.ts';
import {
  affectedOf,
  type CheckResult,
  type Finding,
  orNone,
  siteLabel,
  subjectLabel,
  unique,
  unitsOf,
} from '../finding.ts';
import { inForce, type Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
import {
  askedIn,
  entriesOf,
  massWords,
  massWordsFirst,
  nothingTracked,
  sumOf,
  unrefinedAt,
} from './entries.ts';

type Asked = Parameters<'share-at-most'>;

/** What one country, party or site did of one material. `most`: it cannot be more, but may be less. */
type Part = {
  readonly key: string;
  readonly sites: readonly FacilityNode[];
  readonly units: bigint;
  readonly atMost: boolean;
  readonly affected: Finding['affected'];
  readonly statements: readonly Hex[];
};

/** One material at a stage: who did how much of it; of how much nobody on the ledger says, and where that entered. */
type Stage = {
  readonly parts: readonly Part[];
  readonly unknown: bigint;
  readonly openAt: readonly FacilityNode[];
};

/**
 * Did no single country, party or site mine, process or recycle more than a share of a material? What nobody on the ledger
 * says who did may have been done by the largest: then there is not enough evidence.
 */
export function shareAtMost(facts: Facts, asked: Asked): CheckResult {
  const materials = askedIn(facts, asked.materials);
  const judged = materials.flatMap((material) => judge(facts, asked, material));
  const findings = [...nothingTracked(facts, materials), ...judged];
  return {
    summary: say('share.summary', {
      outcome: orNone(
        findings,
        say(`share.all.${asked.of}`, {
          most: { ppm: asked.maxPpm },
          stage: say(`share.stage.${asked.stage}`),
        }),
      ),
    }),
    findings,
    relied: [],
    judged: true,
  };
}

function judge(facts: Facts, asked: Asked, material: number): Finding[] {
  const { parts, unknown, openAt } =
    asked.stage === 'extraction' ? extraction(facts, asked, material) : worked(facts, asked, material);
  const isOver = (units: bigint) => units * 1_000_000n > unitsOf(facts, material) * BigInt(asked.maxPpm);
  const over = parts.filter(({ units, atMost }) => !atMost && isOver(units));
  if (over.length > 0)
    return over.map((part) => finding(facts, asked, { material, part, unknown: 0n, openAt: [] }));
  const [largest = null] = parts.toSorted((a, b) =>
    a.units === b.units ? (a.key < b.key ? -1 : 1) : a.units > b.units ? -1 : 1,
  );
  if (!isOver((largest?.units ?? 0n) + unknown)) return [];
  return [finding(facts, asked, { material, part: largest, unknown, openAt })];
}

function extraction(facts: Facts, asked: Asked, material: number): Stage {
  const entries = entriesOf(facts).filter((entry) => entry.material === material);
  const mined = entries
    .filter(({ process }) => process === 'extract')
    .flatMap((entry) => {
      const facility = facts.history.facilities.get(entry.facility);
      return facility && counts(facts, asked, facility) ? [{ ...entry, facility }] : [];
    });
  const groups = Map.groupBy(mined, ({ facility }) => keyOf(asked, facility));
  const parts = [...groups].map(([key, group]): Part => {
    const units = group.reduce((sum, one) => sum + one.units, 0n);
    const sites = unique(group.map(({ facility }) => facility));
    const affected = [affectedOf(facts, material, units)];
    return { key, sites, units, atMost: false, affected, statements: [] };
  });
  const declared = entries.filter((entry) => entry.declared);
  const openAt = unique(declared.flatMap(({ facility }) => facts.history.facilities.get(facility) ?? []));
  return { parts, unknown: sumOf(declared), openAt };
}

function worked(facts: Facts, asked: Asked, material: number): Stage {
  const uses = facts.uses.filter(
    (use) => use.materials.includes(material) && isOf(asked.stage, use) && counts(facts, asked, use.facility),
  );
  const unknown = asked.stage === 'processing' ? (facts.unrefined().units.get(material) ?? 0n) : 0n;
  const groups = Map.groupBy(uses, ({ facility }) => keyOf(asked, facility));
  const parts = [...groups].flatMap(([key, group]): Part[] => {
    const productions = new Set(group.map(({ production }) => production.id));
    if (isSmall(facts, asked, { material, productions, unknown })) return [];
    const { units, atMost } = facts.caughtAt({ productions });
    const sites = unique(group.map(({ facility }) => facility));
    const all = units.get(material) ?? 0n;
    return [{ key, sites, units: all, atMost, affected: { productions }, statements: [...productions] }];
  });
  const openAt = unknown > 0n ? unrefinedAt(facts, material) : [];
  return { parts, unknown, openAt };
}

/** To follow the material costs as much as the history: where it cannot be too much, step by step, nobody has to. */
function isSmall(
  facts: Facts,
  { maxPpm }: Asked,
  of: { material: number; productions: ReadonlySet<Hex>; unknown: bigint },
): boolean {
  if (!facts.isWhole) return false;
  const through = (id: Hex) => byMaterial(facts.steps.through(id)).get(of.material) ?? 0n;
  const most = [...of.productions].reduce((sum, id) => sum + through(id), of.unknown);
  return most * 1_000_000n <= unitsOf(facts, of.material) * BigInt(maxPpm);
}

function isOf(stage: Asked['stage'], { chokePoint, production, facility }: SiteUse): boolean {
  const recycles = production.process === 'recycle' || (chokePoint && facility.kind === 'recycler');
  return stage === 'recycling' ? recycles : chokePoint && !recycles;
}

function counts({ history }: Facts, { exempt }: Asked, { country }: FacilityNode): boolean {
  return !exempt.some((list) => inForce(list, history.asOf.time) && list.countries.includes(country));
}

function keyOf({ of }: Asked, { id, country, operator }: FacilityNode): string {
  return of === 'country' ? String(country) : of === 'party' ? operator : id;
}

type Found = Omit<Stage, 'parts'> & { readonly material: number; readonly part: Part | null };

function finding(facts: Facts, asked: Asked, found: Found): Finding {
  const { material, part, unknown, openAt } = found;
  const what = {
    ...{ most: { ppm: asked.maxPpm }, material: { material } },
    done: say(`share.done.${asked.stage}`),
  };
  const isOpen = unknown > 0n || !part || part.atMost;
  const sites = unique([...(part?.sites ?? []), ...openAt]);
  return {
    answer: isOpen ? 'not enough evidence' : 'does not meet',
    title: isOpen
      ? say('share.open.title', { ...what, one: say(`share.one.${asked.of}`) })
      : say('share.over.title', { ...what, place: whereOf(facts, asked, part) }),
    detail: detailOf(facts, asked, found),
    affected: unknown > 0n || !part ? [affectedOf(facts, material, unknown)] : part.affected,
    materials: [material],
    sites: sites.map(({ id }) => id),
    parties: unique(sites.map(({ operator }) => operator)),
    statements: [...(part?.statements ?? []), facts.lot.production],
    mend: say(
      !isOpen
        ? 'share.over.mend'
        : asked.stage === 'processing'
          ? 'share.open.mend.processing'
          : 'share.open.mend.elsewhere',
    ),
  };
}

function detailOf(facts: Facts, asked: Asked, { material, part, unknown }: Found): Phrase[] {
  const sentences = [say('share.lot', { mass: massWords(unitsOf(facts, material)) })];
  if (part)
    sentences.push(
      say(part.atMost ? 'share.part-at-most' : 'share.part', {
        mass: massWordsFirst(part.units),
        share: { ppm: affectedOf(facts, material, part.units).sharePpm },
        done: say(`share.done.${asked.stage}`),
        place: whereOf(facts, asked, part),
      }),
    );
  if (unknown > 0n) sentences.push(say(`share.who.${asked.stage}`, { mass: massWords(unknown) }));
  return sentences;
}

/** "in Finland", "at Kisanfu (DR Congo)", "by Example Refining". */
function whereOf({ history }: Facts, { of }: Asked, { sites }: Part): Phrase {
  const [site] = sites as [FacilityNode];
  const names = {
    country: () => ({ country: site.country }),
    party: () => subjectLabel(history, partySubject(site.operator)),
    site: () => siteLabel(history, site),
  };
  return say(`share.at.${of}`, { name: names[of]() });
}
