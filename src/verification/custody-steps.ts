import type { Hex } from '../protocol/hex.ts';
import { type Amounts, byMaterial, wholeMilligrams } from '../provenance/flow.ts';
import type { Leg, ProductionNode } from '../provenance/history.ts';
import { delegateOf, observedOf } from './beside-custody.ts';
import type { Certificate, CertificateStep } from './certificate.ts';
import type { CarriedLeg, Facts } from './facts.ts';
import { countryView, materialView, partyView, siteView } from './names.ts';

/** No page shows more steps than this: of longer histories, those that carried most of the lot's material. */
const MAX_STEPS = 1_000;

type Step = { order: string; weight: bigint; step: CertificateStep };

/** How the material came from its origins to the lot, by time: the productions and legs that carried it. */
export function custodyOf(facts: Facts): Pick<Certificate, 'custody' | 'custodyOmitted'> {
  const { uses, legs } = facts.steps;
  const made = new Map(uses.flatMap(({ production }, at) => production.outputs.map((lot) => [lot, at])));
  const steps = [
    ...uses.map(({ production }, index) => productionStep(facts, production, index)),
    ...legs.map((leg, index) => legStep(facts, leg, { made: made.get(leg.leg.lot) ?? 0, index })),
  ];
  const kept = steps
    .sort((a, b) => (a.weight === b.weight ? (a.order < b.order ? -1 : 1) : a.weight > b.weight ? -1 : 1))
    .slice(0, MAX_STEPS)
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const omitted = facts.isWhole ? steps.length - kept.length : null;
  return { custody: kept.map(({ step }) => step), custodyOmitted: omitted };
}

function productionStep(facts: Facts, production: ProductionNode, index: number): Step {
  const amounts = facts.steps.through(production.id);
  const { id, process, custodyModel, inputs, outputs, occurredAt, recordedAt } = production;
  const carried = (lot: Hex) => facts.steps.of(lot).size > 0;
  return {
    order: orderOf(occurredAt, index, 0),
    weight: weigh(amounts),
    step: {
      kind: 'production',
      statement: id,
      process,
      custodyModel,
      site: siteView(facts.history, production.facility),
      party: partyView(facts.history, production.custodian),
      inputs: inputs.filter(carried),
      outputs: outputs.filter(carried),
      carried: carriedView(facts, amounts),
      observed: observedOf(facts.history, [id, ...outputs.filter(carried)]),
      signedBy: delegateOf(facts.history, id),
      occurredAt,
      recordedAt,
    },
  };
}

function legStep(
  facts: Facts,
  { leg, sent, transit }: CarriedLeg,
  at: { made: number; index: number },
): Step {
  const amounts = facts.steps.of(leg.lot);
  return {
    order: orderOf(leg.occurredAt, at.made, at.index + 1),
    weight: weigh(amounts),
    step: {
      kind: 'leg',
      statement: leg.dispatch,
      lot: leg.lot,
      mode: leg.mode,
      from: siteView(facts.history, leg.from),
      to: siteView(facts.history, leg.to),
      consignor: partyView(facts.history, leg.consignor),
      consignee: partyView(facts.history, leg.consignee),
      transitCountries: transit?.map(countryView) ?? null,
      dispatched: String(sent),
      ...arrival(leg),
      carried: carriedView(facts, amounts),
      observed: observedOf(facts.history, [leg.dispatch]),
      signedBy: delegateOf(facts.history, leg.dispatch),
      receiptSignedBy: leg.receipt && delegateOf(facts.history, leg.receipt.id),
      occurredAt: leg.occurredAt,
      recordedAt: leg.recordedAt,
    },
  };
}

function arrival({ receipt }: Leg) {
  return {
    weighed: receipt?.weighed == null ? null : String(receipt.weighed),
    outcome: receipt?.kind ?? null,
    receipt: receipt?.id ?? null,
    arrivedAt: receipt?.occurredAt ?? null,
  };
}

function carriedView(facts: Facts, amounts: Amounts) {
  return [...byMaterial(amounts)]
    .filter(([material]) => facts.materials.includes(material))
    .sort(([a], [b]) => a - b)
    .map(([material, units]) => ({
      material: materialView(material),
      milligrams: String(wholeMilligrams(units)),
    }));
}

function weigh(amounts: Amounts): bigint {
  return [...amounts.values()].reduce((sum, amount) => sum + amount, 0n);
}

/** By time; at the same time, inputs before what is made of them, and a lot's birth before its legs. */
function orderOf(...numbers: [time: number, made: number, leg: number]): string {
  return numbers.map((number) => String(number).padStart(13, '0')).join(' ');
}
