import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { ancestorsOf, descendantsOf } from '../../store/queries/ancestry.ts';
import { attestationsOn } from '../../store/queries/attestations.ts';
import { lotHistory as historyRows } from '../../store/queries/lot-history.ts';
import { listLots, lotById } from '../../store/queries/lots.ts';
import { inSnapshot } from '../../store/transactions.ts';
import type { Access } from '../access.ts';
import type { Context } from '../context.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { type Ancestry, ancestry, lotDetail, lotHistory, lotPage, lotStatus } from '../schemas/lots.ts';
import { attestationSummaryView, idsInAttestations } from '../views/attestations.ts';
import {
  ancestryNodeView,
  edgeView,
  idsInLots,
  idsInTransit,
  lotDetailView,
  lotHistoryView,
  lotSummaryView,
} from '../views/lots.ts';
import { namesOf } from '../views/names.ts';
import { accountParam, idParam, pageOfQuery, pageQuery, wholeNumber } from './inputs.ts';

export const lotParams = z.object({ lot: idParam });

export const listLotsRoute = route({
  method: 'get',
  path: '/v1/lots',
  operationId: 'listLots',
  summary: 'Lots, newest first',
  description: 'Filters narrow the list together.',
  tags: ['lots'],
  access: 'own',
  query: z.strictObject({
    custodian: accountParam.optional().describe('Who answers for the lot.'),
    status: lotStatus.optional(),
    material: wholeNumber(1, 255).optional().describe('The number of a material that the lot contains.'),
    facility: idParam.optional().describe('Where the lot is; in transit: where it is going.'),
    bornAt: idParam.optional().describe('The facility where it was produced.'),
    consignee: accountParam.optional().describe('Those alone that are on their way to it.'),
    commodity: z
      .string()
      .regex(/^(\d{4}|\d{6})$/)
      .optional()
      .describe('An HS code of six digits, or a heading of four.'),
    country: wholeNumber(1, 999)
      .optional()
      .describe('ISO 3166-1 numeric: where the lot is; in transit: where it is going.'),
    scheme: z
      .string()
      .max(200)
      .optional()
      .describe('It was produced at a site that an auditor attested to under it, whatever the outcome.'),
    ...pageQuery,
  }),
  responses: { 200: { description: 'A page of lots.', schema: lotPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { query: { limit, cursor, ...filter } }, { access, reader }) => {
    const isOwn = access.parties === null || filter.consignee !== undefined;
    const custodian = filter.custodian ?? (isOwn ? undefined : reader?.party);
    access.requireSome([custodian ?? null, filter.consignee ?? null]);
    const page = await listLots(db, { ...filter, custodian }, pageOfQuery({ limit, cursor }));
    const names = await namesOf(db, idsInLots(page.items));
    return answer(200, { items: page.items.map((row) => lotSummaryView(row, names)), next: page.next });
  },
});

export const getLot = route({
  method: 'get',
  path: '/v1/lots/:lot',
  operationId: 'getLot',
  summary: 'One lot',
  description: 'What it is, where it is, who holds it, and the head that the next statement on it must name.',
  tags: ['lots'],
  access: 'own',
  params: lotParams,
  responses: { 200: { description: 'The lot.', schema: lotDetail } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: ({ db, clock }, { params: { lot } }, { access }) =>
    inSnapshot(db, async (trx) => {
      const row = await lotById(trx, lot);
      if (!row) throw unknownLot(lot);
      access.requireSome([row.custodian, row.transit?.consignee ?? null]);
      const attestations = await attestationsOn(trx, [lot]);
      const made = { parties: [row.made.custodian], facilities: [row.made.facility] };
      const mentions = [idsInLots([row]), made, idsInTransit(row.transit), idsInAttestations(attestations)];
      const names = await namesOf(trx, ...mentions);
      const summaries = attestations.map((attestation) =>
        attestationSummaryView(attestation, names, clock()),
      );
      return answer(200, lotDetailView(row, names, summaries));
    }),
});

export const getLotHistory = route({
  method: 'get',
  path: '/v1/lots/:lot/history',
  operationId: 'getLotHistory',
  summary: 'Every statement that touched a lot',
  description: 'Oldest first, each with the state of the lot after it.',
  tags: ['lots'],
  access: 'own',
  params: lotParams,
  responses: { 200: { description: 'The history.', schema: lotHistory } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: ({ db }, { params: { lot } }, { access }) =>
    inSnapshot(db, async (trx) => {
      const whole = await historyRows(trx, lot);
      if (whole.length === 0) throw unknownLot(lot);
      const rows = whole.filter(({ custodian, author }) => access.sees([custodian, author]));
      if (rows.length === 0) access.requireSome([]);
      const names = await namesOf(trx, {
        parties: rows.flatMap((row) => [row.custodian, row.author]),
        facilities: rows.map((row) => row.facility),
      });
      return answer(200, { lot, entries: rows.map((row) => lotHistoryView(row, names)) });
    }),
});

const graphQuery = z.strictObject({
  limit: wholeNumber(1, 2_000).default(500).describe('At most that many lots.'),
});

export const getAncestry = route({
  method: 'get',
  path: '/v1/lots/:lot/ancestry',
  operationId: 'getLotAncestry',
  summary: 'What a lot was made of',
  description: 'The lots that it descends from, back to their origins, as nodes and edges.',
  tags: ['lots'],
  access: 'own',
  params: lotParams,
  query: graphQuery,
  responses: { 200: { description: 'The ancestors.', schema: ancestry } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: async (context, { params: { lot }, query: { limit } }, { access }) =>
    answer(200, await graph(context, { lot, limit, access }, ancestorsOf)),
});

export const getDescendants = route({
  method: 'get',
  path: '/v1/lots/:lot/descendants',
  operationId: 'getLotDescendants',
  summary: 'What was made of a lot',
  description: 'The lots that descend from it, as nodes and edges: whom a recall concerns.',
  tags: ['lots'],
  access: 'own',
  params: lotParams,
  query: graphQuery,
  responses: { 200: { description: 'The descendants.', schema: ancestry } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: async (context, { params: { lot }, query: { limit } }, { access }) =>
    answer(200, await graph(context, { lot, limit, access }, descendantsOf)),
});

type Asked = { readonly lot: Hex; readonly limit: number; readonly access: Access };

async function graph(
  { db }: Context,
  { lot, limit, access }: Asked,
  find: typeof ancestorsOf,
): Promise<Ancestry> {
  const found = await find(db, lot, limit);
  if (!found) throw unknownLot(lot);
  access.requireAll(found.nodes.flatMap(({ producer, custodian }) => [producer, custodian]));
  const names = await namesOf(db, idsInLots(found.nodes));
  return {
    lot,
    nodes: found.nodes.map((node) => ancestryNodeView(node, names)),
    edges: found.edges.map(edgeView),
    truncated: found.truncated,
  };
}

export function unknownLot(lot: Hex): ProblemError {
  return new ProblemError('unknown-lot', `There is no lot ${lot} on this ledger.`);
}
