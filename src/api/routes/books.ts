import { z } from 'zod';
import type { Hex } from '../../protocol/hex.ts';
import { bookLines, bookOf } from '../../store/queries/book.ts';
import { deliveredLots, listRoutes } from '../../store/queries/deliveries.ts';
import { facilityById } from '../../store/queries/facilities.ts';
import { indexHead } from '../../store/queries/head.ts';
import type { Db } from '../../store/schema.ts';
import { inSnapshot } from '../../store/transactions.ts';
import type { Access } from '../access.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { book, bookKind, bookLinePage, deliveredLotPage, deliveryPage } from '../schemas/auditing.ts';
import { bookLineView, bookRowView, deliveredLotView, deliveryView } from '../views/auditing.ts';
import { namesOf } from '../views/names.ts';
import {
  accountParam,
  flagParam,
  idParam,
  pageOfQuery,
  pageQuery,
  timeParam,
  wholeNumber,
} from './inputs.ts';

/** No time that a statement can hold comes after it. */
const EVER = 2 ** 40;
const period = {
  from: timeParam.optional().describe('What happened from then on, as stated.'),
  until: timeParam.optional().describe('What happened before then.'),
};
const pairQuery = {
  material: wholeNumber(1, 255).optional(),
  recycled: flagParam.optional().describe('`true` or `false`; both if not given.'),
};
const facilityParams = z.object({ facility: idParam });

export const getBook = route({
  method: 'get',
  path: '/v1/facilities/:facility/book',
  operationId: 'getBook',
  summary: 'The mass balance of a site',
  description:
    'Per material, primary and recycled apart: what it held before the period, what came and went in it, and what it held ' +
    'after it, as statements say; with marks on what does not come out even. Milligrams of dry content, exactly.',
  tags: ['auditing'],
  access: 'own',
  params: facilityParams,
  query: z.strictObject({ ...period, ...pairQuery }),
  responses: { 200: { description: 'The book.', schema: book } },
  errors: ['unknown-facility', 'database-unavailable'],
  handler: ({ db }, { params: { facility }, query }, { access }) =>
    inSnapshot(db, async (trx) => {
      await requireSite(trx, access, facility);
      const { from = 0, until = EVER, ...pair } = query;
      const rows = await bookOf(trx, { facility, from, until, ...pair });
      const names = await namesOf(trx, { parties: [], facilities: [facility] });
      return answer(200, {
        ...{ facility: names.facility(facility), from: query.from ?? null, until: query.until ?? null },
        ...{ asOf: await asOfHead(trx), rows: rows.map(bookRowView) },
      });
    }),
});

export const listBookLines = route({
  method: 'get',
  path: '/v1/facilities/:facility/book/lines',
  operationId: 'listBookLines',
  summary: 'The statements behind a mass balance',
  description: 'One line a statement, material and way of coming or going; what happened last first.',
  tags: ['auditing'],
  access: 'own',
  params: facilityParams,
  query: z.strictObject({ ...period, ...pairQuery, kind: bookKind.optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of lines.', schema: bookLinePage } },
  errors: ['unknown-facility', 'database-unavailable'],
  handler: async ({ db }, { params: { facility }, query: { limit, cursor, ...query } }, { access }) => {
    await requireSite(db, access, facility);
    const { from = 0, until = EVER, ...rest } = query;
    const page = await bookLines(db, { facility, from, until, ...rest }, pageOfQuery({ limit, cursor }));
    return answer(200, { items: page.items.map(bookLineView), next: page.next });
  },
});

const deliveryQuery = {
  party: accountParam.optional().describe('At either end.'),
  from: idParam.optional().describe('The facility that sent.'),
  to: idParam.optional().describe('The facility that it was sent to.'),
  since: timeParam.optional().describe('Sent from then on, as stated.'),
  until: timeParam.optional().describe('Sent before then.'),
};

export const listDeliveries = route({
  method: 'get',
  path: '/v1/deliveries',
  operationId: 'listDeliveries',
  summary: 'Shipped against received',
  description:
    'Per pair of sites: what was sent, and what was accepted, refused, recalled or is in transit, by the mass of the lots when ' +
    'they were born; and what the scales said on arrival. The pair that something happened on last comes first.',
  tags: ['auditing'],
  access: 'own',
  query: z.strictObject({ ...deliveryQuery, ...pageQuery }),
  responses: { 200: { description: 'A page of pairs of sites.', schema: deliveryPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { query }, { access, reader }) => {
    const filter = deliveryFilter(query, access, reader?.party ?? null);
    const page = await listRoutes(db, filter, pageOfQuery(query));
    const facilities = page.items.flatMap(({ from, to }) => [from, to]);
    const parties = page.items.flatMap(({ consignor, consignee }) => [consignor, consignee]);
    const names = await namesOf(db, { parties, facilities });
    return answer(200, { items: page.items.map((row) => deliveryView(row, names)), next: page.next });
  },
});

export const listDeliveredLots = route({
  method: 'get',
  path: '/v1/deliveries/lots',
  operationId: 'listDeliveredLots',
  summary: 'Shipped against received, lot by lot',
  description:
    'Each lot with its mass when it was sent and on arrival, and with what the receiver found in it where it booked that by ' +
    '`reweigh`; sent last first. `off=true`: only what did not arrive as it was sent.',
  tags: ['auditing'],
  access: 'own',
  query: z.strictObject({ ...deliveryQuery, off: flagParam.optional(), ...pageQuery }),
  responses: { 200: { description: 'A page of lots.', schema: deliveredLotPage } },
  errors: ['database-unavailable'],
  handler: async ({ db }, { query }, { access, reader }) => {
    const filter = { ...deliveryFilter(query, access, reader?.party ?? null), isOff: query.off };
    const page = await deliveredLots(db, filter, pageOfQuery(query));
    return answer(200, { items: page.items.map(deliveredLotView), next: page.next });
  },
});

type DeliveryQuery = {
  readonly [Key in 'party' | 'from' | 'to']?: Hex | undefined;
} & { readonly since?: number | undefined; readonly until?: number | undefined };

/** Where reading is for parties, a list is of one party's deliveries: the reader's own, where none is named. */
function deliveryFilter(query: DeliveryQuery, access: Access, reader: Hex | null) {
  const party = query.party ?? (access.parties === null ? undefined : (reader ?? undefined));
  access.requireSome([party ?? null]);
  const { from: fromFacility, to: toFacility, since = 0, until = EVER } = query;
  return { party, fromFacility, toFacility, from: since, until };
}

async function requireSite(db: Db, access: Access, facility: Hex): Promise<void> {
  const row = await facilityById(db, facility);
  access.requireSome([row?.operator ?? null]);
  if (!row) throw new ProblemError('unknown-facility', `There is no facility ${facility} on this ledger.`);
}

/** @throws ProblemError `index-moved` while the index is empty */
export async function asOfHead(db: Db): Promise<{ block: number; hash: Hex; time: number }> {
  const head = await indexHead(db);
  if (!head) throw new ProblemError('index-moved', 'The index is being folded again.');
  return { block: head.number, hash: head.hash, time: head.time };
}
