import type { CustodyModel } from '../../protocol/codes.ts';
import type { FacilityNode } from '../../provenance/history.ts';
import { isWeaker, permittedFor, weakestOf } from '../custody-kept.ts';
import { type Facts, perMaterial } from '../facts.ts';
import {
  affectedOf,
  type CheckResult,
  commas,
  type Finding,
  orNone,
  siteLabel,
  unique,
  unitsOf,
} from '../finding.ts';
import type { Parameters } from '../policy.ts';
import type { Phrase } from '../wording/phrase.ts';
import { say } from '../wording/say.ts';
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
    attested: 'custody-attestation',
    because: () => say('custody-model.because'),
  });
  const models = asked.map((material) => keptIn(facts, material));
  const findings = [
    ...nothingTracked(facts, asked),
    ...models.filter((kept) => isWeaker(modelOf(kept), atLeast)).map((kept) => tooWeak(facts, atLeast, kept)),
    ...asked.flatMap((material) => keptBefore(facts, material)),
    ...sites.findings,
  ];
  const kept = models.map((one) =>
    say('custody-model.of', { material: { material: one.material }, model: words(modelOf(one)) }),
  );
  return {
    summary: say('custody-model.summary', {
      kept:
        kept.length === 0
          ? say('custody-model.none')
          : say('custody-model.kept', { materials: commas(kept) }),
      outcome: orNone(findings, say('custody-model.all')),
    }),
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
    title: say('custody-model.weak.title', {
      ...{ material: { material }, model: words(model), asked: words(atLeast) },
    }),
    detail: [say('custody-model.weak.link'), why],
    affected: [affectedOf(facts, material, unitsOf(facts, material))],
    sites: sites.map(({ id }) => id),
    parties: unique(sites.map(({ operator }) => operator)),
    statements: [facts.lot.production],
    mend: say(isMixed ? 'custody-model.weak.mend-mixed' : 'custody-model.weak.mend'),
  };
}

function mixed(permitted: CustodyModel): Phrase {
  return say(permitted === 'segregated' ? 'custody-model.weak.several' : 'custody-model.weak.mixed');
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
function declaredBy(facts: Facts, material: number, model: CustodyModel): Phrase {
  const first = facts.isWhole
    ? facts.uses.find((use) => use.materials.includes(material) && use.production.custodyModel === model)
    : undefined;
  if (!first) return say('custody-model.weak.step');
  return say('custody-model.weak.first', {
    site: siteLabel(facts.history, first.facility),
    day: { day: first.production.occurredAt },
  });
}

function keptBefore(facts: Facts, material: number): Finding[] {
  const entries = entriesOf(facts).filter((entry) => entry.declared && entry.material === material);
  if (entries.length === 0) return [];
  const units = sumOf(entries);
  const sites = unique(entries.map(({ facility }) => facility));
  return [
    {
      answer: 'not enough evidence',
      title: say('custody-model.before.title', { material: { material } }),
      detail: [say('custody-model.before.detail', { mass: massWords(units) })],
      affected: [affectedOf(facts, material, units)],
      sites,
      parties: unique(sites.flatMap((site) => facts.history.facilities.get(site)?.operator ?? [])),
      statements: [],
      mend: say('mend.registered-origins'),
    },
  ];
}

function words(model: CustodyModel): Phrase {
  return say(`model.${model}`);
}
