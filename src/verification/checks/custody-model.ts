import type { CustodyModel } from '../../protocol/codes.ts';
import { materialOf } from '../../protocol/materials.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import { isWeaker, permittedFor, weakestOf } from '../custody-kept.ts';
import { type Facts, perMaterial } from '../facts.ts';
import {
  affectedOf,
  type CheckResult,
  day,
  type Finding,
  orNone,
  siteLabel,
  unique,
  unitsOf,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import { askedIn, entriesOf, massWords, nothingTracked, sumOf } from './entries.ts';
import { judgeSites } from './sites.ts';

/**
 * Was the material kept under a chain-of-custody model (ISO 22095) at least as strong as asked, ever since its origins? It
 * is the weakest that any step declared, and no stronger than the graph permits: of several sources, nothing keeps its
 * identity, and primary and recycled mixed are a blend. How declared stock was kept before, nobody has signed for. Where `schemes` are asked for, a site that declares
 * more than mass balance has to be attested for it.
 */
export function custodyModel(
  facts: Facts,
  { atLeast, materials, schemes }: Parameters<'custody-model'>,
): CheckResult {
  const asked = askedIn(facts, materials);
  const isChecked = schemes.length > 0 && isWeaker('mass-balance', atLeast);
  const uses = perMaterial(facts.uses).filter(({ materials: [one] }) => asked.includes(one ?? 0));
  const sites = judgeSites(facts, isChecked ? uses : [], schemes, {
    attested: 'chain-of-custody attestation',
    because: () => 'Without one, what a site declares counts as mass balance.',
  });
  const models = asked.map((material) => keptIn(facts, material));
  const findings = [
    ...nothingTracked(facts, asked),
    ...models.filter((kept) => isWeaker(modelOf(kept), atLeast)).map((kept) => tooWeak(facts, atLeast, kept)),
    ...asked.flatMap((material) => keptBefore(facts, material)),
    ...sites.findings,
  ];
  const kept = models.map(
    (kept) => `${materialOf(kept.material).name.toLowerCase()}: ${words(modelOf(kept))}`,
  );
  return {
    summary: `${kept.length === 0 ? 'No material to ask about' : `Since its origins, ${kept.join(', ')}`}; ${orNone(findings, 'as strong as asked')}.`,
    findings,
    relied: sites.relied,
    judged: true,
  };
}

/** What the steps declare, and what the sources that are on the ledger permit; declared stock is asked about apart. */
type Kept = { readonly material: number; readonly declared: CustodyModel; readonly permitted: CustodyModel };

function keptIn(facts: Facts, material: number): Kept {
  const declared = facts.weakest().get(material) ?? 'identity-preserved';
  const permitted = permittedFor(facts, material, ({ process }) => process !== 'declare');
  return { material, declared, permitted };
}

function modelOf({ declared, permitted }: Kept): CustodyModel {
  return weakestOf([declared, permitted]);
}

function tooWeak(facts: Facts, atLeast: CustodyModel, kept: Kept): Finding {
  const { material, declared, permitted } = kept;
  const model = modelOf(kept);
  const isMixed = isWeaker(permitted, declared);
  const sites = isMixed ? sourcesOf(facts, material) : madeAt(facts);
  const why = isMixed ? mixed(permitted) : declaredBy(facts, material, declared);
  return {
    answer: 'does not meet',
    title: `The ${materialOf(material).name.toLowerCase()} was kept under "${words(model)}", which is weaker than "${words(atLeast)}"`,
    detail: `A claim about the lot is no stronger than its weakest link. ${why}`.trim(),
    affected: [affectedOf(facts, material, unitsOf(facts, material))],
    sites: sites.map(({ id }) => id),
    parties: unique(sites.map(({ operator }) => operator)),
    statements: [facts.lot.production],
    mend: isMixed
      ? 'Nothing mends this lot: in what is made next, material of one source, or of one kind, kept apart.'
      : 'Nothing mends this lot: in what is made next, every site on the way keeps the material by the stronger model.',
  };
}

function mixed(permitted: CustodyModel): string {
  return permitted === 'segregated'
    ? 'It comes from several sources, of which none keeps its identity.'
    : 'Primary and recycled material were mixed in it.';
}

function sourcesOf(facts: Facts, material: number): FacilityNode[] {
  const entries = entriesOf(facts).filter(
    (entry) => entry.material === material && !entry.declared && entry.units > 0n,
  );
  return unique(entries.map(({ facility }) => facility)).flatMap(
    (facility) => facts.history.facilities.get(facility) ?? [],
  );
}

function madeAt({ history, lot }: Facts): FacilityNode[] {
  const made = history.productions.get(lot.production)?.facility ?? lot.production;
  return [history.facilities.get(made) ?? []].flat();
}

/** Which step it was, where steps are told one by one. */
function declaredBy(facts: Facts, material: number, model: CustodyModel): string {
  const first = facts.isWhole
    ? facts.uses.find((use) => use.materials.includes(material) && use.production.custodyModel === model)
    : undefined;
  if (!first) return 'A step of its history declares no better.';
  return `${siteLabel(facts.history, first.facility)} first declared it, on ${day(first.production.occurredAt)}.`;
}

function keptBefore(facts: Facts, material: number): Finding[] {
  const entries = entriesOf(facts).filter((entry) => entry.declared && entry.material === material);
  if (entries.length === 0) return [];
  const units = sumOf(entries);
  const sites = unique(entries.map(({ facility }) => facility));
  return [
    {
      answer: 'not enough evidence',
      title: `How declared ${materialOf(material).name.toLowerCase()} was kept before is not on the ledger`,
      detail: `Of it, ${massWords(units)} entered as declared stock: how that was kept since its origin, nobody has signed for.`,
      affected: [affectedOf(facts, material, units)],
      sites,
      parties: unique(sites.flatMap((site) => facts.history.facilities.get(site)?.operator ?? [])),
      statements: [],
      mend: 'Nothing mends this lot: lots made only of material that was registered at its mine or collection have none of this.',
    },
  ];
}

function words(model: CustodyModel): string {
  return model.replaceAll('-', ' ');
}
