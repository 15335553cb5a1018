import { type CustodyModel, custodyModels } from '../../protocol/codes.ts';
import { materialOf } from '../../protocol/materials.ts';
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
 * identity. How declared stock was kept before, nobody has signed for. Where `schemes` are asked for, a site that declares
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
  const models = asked.map((material) => ({ material, model: modelOf(facts, material) }));
  const findings = [
    ...nothingTracked(facts, asked),
    ...models
      .filter(({ model }) => isWeaker(model, atLeast))
      .map(({ material, model }) => tooWeak(facts, atLeast, { material, model })),
    ...asked.flatMap((material) => keptBefore(facts, material)),
    ...sites.findings,
  ];
  const kept = models.map(
    ({ material, model }) => `${materialOf(material).name.toLowerCase()}: ${words(model)}`,
  );
  return {
    summary: `${kept.length === 0 ? 'No material to ask about' : `Since its origins, ${kept.join(', ')}`}; ${orNone(findings, 'as strong as asked')}.`,
    findings,
    relied: sites.relied,
    judged: true,
  };
}

function isWeaker(one: CustodyModel, other: CustodyModel): boolean {
  return custodyModels[one] > custodyModels[other];
}

function modelOf(facts: Facts, material: number): CustodyModel {
  const declared = facts.weakest().get(material) ?? 'identity-preserved';
  const sources = new Set(
    entriesOf(facts)
      .filter((entry) => entry.material === material && entry.units > 0n)
      .map(({ facility, process }) => `${facility} ${process}`),
  );
  return sources.size > 1 && declared === 'identity-preserved' ? 'segregated' : declared;
}

function tooWeak(
  facts: Facts,
  atLeast: CustodyModel,
  { material, model }: { material: number; model: CustodyModel },
): Finding {
  const name = materialOf(material).name.toLowerCase();
  return {
    answer: 'does not meet',
    title: `The ${name} was kept under "${words(model)}", which is weaker than "${words(atLeast)}"`,
    detail:
      `A claim about the lot is no stronger than its weakest link. ${weakestLink(facts, material, model)}`.trim(),
    affected: [affectedOf(facts, material, unitsOf(facts, material))],
    sites: [],
    parties: [],
    statements: [facts.lot.production],
    mend: 'Nothing mends this lot: every site on the way has to keep the material by the stronger model.',
  };
}

/** Which step it was, where steps are told one by one. */
function weakestLink(facts: Facts, material: number, model: CustodyModel): string {
  const first = facts.isWhole
    ? facts.uses.find((use) => use.materials.includes(material) && use.production.custodyModel === model)
    : undefined;
  if (!first) return model === 'segregated' ? 'It has more than one source, or a step declares it so.' : '';
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
