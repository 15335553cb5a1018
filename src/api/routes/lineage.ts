import { z } from 'zod';
import { pairKey } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { ancestryOf } from '../../provenance/graph.ts';
import { type FlowStep, siteFlowOf } from '../../provenance/site-flow.ts';
import { tiersOf } from '../../provenance/tiers.ts';
import { facilitiesByIds } from '../../store/queries/facilities.ts';
import { lineageOf } from '../../store/queries/history.ts';
import type { Db } from '../../store/schema.ts';
import type { Access } from '../access.ts';
import { answer, route } from '../route.ts';
import { flow, flowLots, tiers } from '../schemas/auditing.ts';
import { flowLotsView, flowView } from '../views/auditing.ts';
import { namesOf } from '../views/names.ts';
import { flagParam, wholeNumber } from './inputs.ts';
import { lotParams, unknownLot } from './lots.ts';

/** Productions that are read at once. */
const MOST_PRODUCTIONS = 20_000;
/** Productions of one site that are drawn apart. */
const MOST_DRAWN = 100;
const MOST_LOTS = 200;

export const getTiers = route({
  method: 'get',
  path: '/v1/lots/:lot/tiers',
  operationId: 'getLotTiers',
  summary: 'What a lot was made of, drawn so that it can be read',
  description:
    'All that it descends from, collapsed by what was done. Name the keys of parts in `open` to see a process site by site, and a ' +
    `site production by production: the ${MOST_DRAWN} nearest to the lot, and the others as one part. Up to 20,000 productions.`,
  tags: ['auditing'],
  access: 'own',
  params: lotParams,
  query: z.strictObject({
    open: z.string().max(8_000).optional().describe('Keys of parts, with commas between them.'),
  }),
  responses: { 200: { description: 'The parts, and what went from one to another.', schema: tiers } },
  errors: ['unknown-lot', 'history-too-large', 'database-unavailable'],
  handler: async ({ db }, { params: { lot }, query }, { access }) => {
    const { lineage, ancestry } = await readLineage(db, lot, access);
    const open = new Set(query.open?.split(',') ?? []);
    const found = tiersOf(lineage, ancestry, { open, most: MOST_DRAWN });
    const facilities = found.tiers.flatMap(({ facility }) => facility ?? []);
    const names = await namesOf(db, { parties: [], facilities });
    return answer(200, {
      ...{ lot, asOf: lineage.asOf, productions: ancestry.productions.length },
      leftOut: found.tiers.reduce((sum, tier) => sum + (tier.isRest ? tier.productions : 0), 0),
      tiers: found.tiers.map((tier) => ({
        ...tier,
        facility: tier.facility && names.facility(tier.facility),
        milligrams: String(tier.milligrams),
      })),
      links: found.links.map((link) => ({ ...link, milligrams: String(link.milligrams) })),
    });
  },
});

export const getFlow = route({
  method: 'get',
  path: '/v1/lots/:lot/flow',
  operationId: 'getLotFlow',
  summary: 'How the content of a lot came from site to site',
  description:
    'From where each material entered the ledger, through the sites that it passed, to the lot; per material, primary and ' +
    'recycled apart. Exact: what enters sums to the content of the lot. Up to 20,000 productions.',
  tags: ['auditing'],
  access: 'own',
  params: lotParams,
  responses: { 200: { description: 'Sites and links.', schema: flow } },
  errors: ['unknown-lot', 'history-too-large', 'database-unavailable'],
  handler: async ({ db }, { params: { lot } }, { access }) => {
    const { lineage, ancestry } = await readLineage(db, lot, access);
    const found = siteFlowOf(lineage, ancestry);
    const ids = new Set(found.sites.map(({ facility }) => facility));
    const names = await namesOf(db, { parties: [], facilities: [...ids] });
    return answer(200, {
      ...{ lot, asOf: lineage.asOf, productions: ancestry.productions.length },
      ...flowView(found, await facilitiesByIds(db, ids), names),
    });
  },
});

const key = z.string().max(200);

export const getFlowLots = route({
  method: 'get',
  path: '/v1/lots/:lot/flow/lots',
  operationId: 'getLotFlowLots',
  summary: 'The lots behind one link of a flow',
  description: `Those that carried most of it first, ${MOST_LOTS} at most; each with the production that used it.`,
  tags: ['auditing'],
  access: 'own',
  params: lotParams,
  query: z.strictObject({
    from: key.describe('The key of a site of the flow.'),
    to: key.describe('The key of a site of the flow, or `lot`.'),
    material: wholeNumber(1, 255),
    recycled: flagParam,
  }),
  responses: { 200: { description: 'The lots.', schema: flowLots } },
  errors: ['unknown-lot', 'history-too-large', 'database-unavailable'],
  handler: async ({ db }, { params: { lot }, query }, { access }) => {
    const { lineage, ancestry } = await readLineage(db, lot, access);
    const pair = pairKey(query.material, query.recycled);
    const isOfLink = (step: FlowStep) =>
      step.from === query.from && step.to === query.to && step.pair === pair;
    const { steps } = siteFlowOf(lineage, ancestry);
    return answer(200, flowLotsView(steps.filter(isOfLink), MOST_LOTS));
  },
});

async function readLineage(db: Db, lot: Hex, access: Access) {
  const lineage = await lineageOf(db, lot, MOST_PRODUCTIONS);
  if (!lineage) throw unknownLot(lot);
  const ancestry = ancestryOf(lineage, lot);
  access.requireAll(ancestry.productions.map(({ custodian }) => custodian));
  return { lineage, ancestry };
}
