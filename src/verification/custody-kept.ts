import { type CustodyModel, custodyModels } from '../protocol/codes.ts';
import { pairOf } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import { type Origin, originOfKey } from '../protocol/origin.ts';
import type { Facts, SiteUse } from './facts.ts';
import { unique, unitsOf } from './finding.ts';
import { chainSchemes } from './policies/schemes.ts';
import { acceptsScheme } from './policy.ts';
import { standingAt } from './standing.ts';

/**
 * How one material of the lot was kept since its origins (ISO 22095). `model` is the weakest of what any step `declared`,
 * of what the graph `permits`, and, unless every site that it came through was `attested` for its chain of custody at the
 * time, of mass balance. `certifiedPpm` is what came through attested sites alone, rounded down; `atLeast` where, told by
 * site, it may be more.
 */
export type Kept = {
  readonly model: CustodyModel;
  readonly declared: CustodyModel;
  readonly permitted: CustodyModel;
  readonly attested: boolean;
  readonly certifiedPpm: number;
  readonly atLeast: boolean;
};

/** Null where nothing of the material came through any step. */
export function keptOf(facts: Facts, material: number): Kept | null {
  const declared = facts.weakest().get(material);
  if (!declared) return null;
  const permitted = permittedFor(facts, material, () => true);
  const lacking = usesOf(facts, material).filter((use) => !isAttested(facts, use, material));
  const attested = lacking.length === 0;
  const model = weakestOf([declared, permitted, attested ? 'identity-preserved' : 'mass-balance']);
  return { model, declared, permitted, attested, ...certified(facts, material, lacking) };
}

/** Whether one model is weaker than another. */
export function isWeaker(one: CustodyModel, other: CustodyModel): boolean {
  return custodyModels[one] > custodyModels[other];
}

/** The weakest of some models. */
export function weakestOf(models: readonly CustodyModel[]): CustodyModel {
  return models.reduce((a, b) => (isWeaker(b, a) ? b : a), 'identity-preserved');
}

/**
 * The strongest model that the graph permits: of one source, identity preserved; of several of one kind, segregated; of
 * several kinds (primary, recycled, declared stock), controlled blending, for the ledger knows the proportion of each.
 */
export function permittedFor(
  facts: Facts,
  material: number,
  counts: (origin: Origin) => boolean,
): CustodyModel {
  const sources = [...facts.originUnits].flatMap(([pair, origins]) => {
    const { material: of, recycled } = pairOf(pair);
    if (of !== material) return [];
    return [...origins]
      .filter(([, units]) => units > 0n)
      .map(([key]) => originOfKey(key))
      .filter(counts)
      .map((origin) => ({ origin, kind: kindOf(origin, recycled) }));
  });
  if (new Set(sources.map(({ kind }) => kind)).size > 1) return 'controlled-blending';
  const places = new Set(sources.map(({ origin }) => `${origin.facility} ${origin.process}`));
  return places.size > 1 ? 'segregated' : 'identity-preserved';
}

function kindOf({ process }: Origin, recycled: boolean): string {
  if (process === 'declare') return 'declared';
  return recycled ? 'recycled' : 'primary';
}

function usesOf({ worked }: Facts, material: number): SiteUse[] {
  return worked.filter(({ materials }) => materials.includes(material));
}

function isAttested(facts: Facts, { facility, production }: SiteUse, material: number): boolean {
  const known = facts.attestationsOn(facility.id);
  const accepted = known.filter(({ scheme }) => acceptsScheme(chainSchemes, scheme, material));
  return standingAt(accepted, production.occurredAt).answer === 'meets';
}

/** Where a site that the whole lot came through was not attested, nothing else has to be followed. */
function certified(
  facts: Facts,
  material: number,
  lacking: readonly SiteUse[],
): Pick<Kept, 'certifiedPpm' | 'atLeast'> {
  const total = unitsOf(facts, material);
  if (lacking.length === 0) return { certifiedPpm: 1_000_000, atLeast: false };
  const nothing = { certifiedPpm: 0, atLeast: false };
  const caught = (uses: readonly SiteUse[]) => {
    const { units, atMost } = facts.caughtAt({ productions: new Set(idsOf(uses)) });
    return { units: units.get(material) ?? 0n, atMost };
  };
  const sites = Map.groupBy(lacking, ({ facility }) => facility.id);
  const carriesAll = facts.isWhole
    ? idsOf(lacking).includes(facts.lot.production)
    : [...sites.values()].map(caught).some(({ units, atMost }) => !atMost && units >= total);
  if (carriesAll) return nothing;
  const { units, atMost } = caught(lacking);
  const rest = units >= total ? 0n : total - units;
  return { certifiedPpm: Number((rest * 1_000_000n) / total), atLeast: atMost };
}

function idsOf(uses: readonly SiteUse[]): Hex[] {
  return unique(uses.map(({ production }) => production.id));
}
