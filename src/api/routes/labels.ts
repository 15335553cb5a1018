import { z } from 'zod';
import {
  digitalLinkPath,
  gtin14,
  isQualifier,
  type TradeItem,
  tradeItemIn,
} from '../../protocol/digital-link.ts';
import type { Hex } from '../../protocol/hex.ts';
import { disclosedOf } from '../../store/evidence.ts';
import { type LotRow, lotsByIds } from '../../store/queries/lots.ts';
import { claimsOf } from '../../store/trade-items.ts';
import type { Context } from '../context.ts';
import { type Label, labelPng, labelSheet, labelSvg } from '../labels.ts';
import { ProblemError } from '../problems.ts';
import { answer, route } from '../route.ts';
import { lotLabel, type Product, product } from '../schemas/products.ts';
import { namesOf } from '../views/names.ts';
import { productView } from '../views/products.ts';
import { idParam } from './inputs.ts';
import { lotParams, unknownLot } from './lots.ts';

const image = z.string().meta({ description: 'The image.' });
const labelErrors = ['unknown-lot', 'lot-is-void', 'database-unavailable'] as const;

export const getLotProduct = route({
  method: 'get',
  path: '/v1/lots/:lot/product',
  operationId: 'getLotProduct',
  summary: 'Which product a lot is, and where its label leads',
  description:
    "By GS1's identifiers in the lot's own public evidence (`gtin`, `serial`, `batch`), and whether another lot claims the " +
    'same serial number. The link is a GS1 Digital Link where there is a GTIN with a serial number or batch, else the lot’s page.',
  tags: ['labels'],
  access: 'anybody',
  params: lotParams,
  responses: { 200: { description: 'The product.', schema: lotLabel } },
  errors: ['unknown-lot', 'database-unavailable'],
  handler: async (context, { params: { lot } }) => {
    const [label] = await labelsOf(context, [lot]);
    if (!label) throw unknownLot(lot);
    const found = label.item ? await productOf(context, label.item) : null;
    return answer(200, { lot, link: label.link, product: found });
  },
});

export const getProduct = route({
  method: 'get',
  path: '/v1/products/:gtin',
  operationId: 'getProduct',
  summary: 'The lots that claim to be of a product',
  description:
    'By GTIN with a serial number, a batch, or both, as public evidence of lots names them. `/01/{gtin}/21/{serial}` and ' +
    '`/01/{gtin}/10/{batch}` of this server (GS1 Digital Link) lead people to the lot.',
  tags: ['labels'],
  access: 'anybody',
  params: z.object({ gtin: z.string().describe('8, 12, 13 or 14 digits.') }),
  query: z.strictObject({
    serial: z.string().optional().describe('AI 21.'),
    batch: z.string().optional().describe('AI 10.'),
  }),
  example: { params: { gtin: '09520123456788' }, query: 'serial=12345' },
  responses: { 200: { description: 'The product and its lots.', schema: product } },
  errors: ['unknown-product', 'database-unavailable'],
  handler: async (context, { params: { gtin }, query: { serial, batch } }) =>
    answer(200, await productOf(context, tradeItemOf(gtin, serial, batch))),
});

export const getLabelSvg = route({
  method: 'get',
  path: '/v1/lots/:lot/label.svg',
  operationId: 'getLabelSvg',
  summary: "A lot's label, to print",
  description:
    '63 × 30 mm: a QR code with the link of `/v1/lots/{lot}/product`, and what the lot is in words.',
  tags: ['labels'],
  access: 'anybody',
  params: lotParams,
  responses: { 200: { description: 'SVG.', schema: image, media: 'image/svg+xml' } },
  errors: labelErrors,
  handler: async (context, { params: { lot } }) => answer(200, labelSvg(await labelOf(context, lot))),
});

export const getLabelPng = route({
  method: 'get',
  path: '/v1/lots/:lot/label.png',
  operationId: 'getLabelPng',
  summary: "A lot's QR code, as pixels",
  description: 'The code alone, with the same link as on the label.',
  tags: ['labels'],
  access: 'anybody',
  params: lotParams,
  responses: { 200: { description: 'PNG.', schema: image, media: 'image/png' } },
  errors: labelErrors,
  handler: async (context, { params: { lot } }) =>
    answer(200, (await labelPng(await labelOf(context, lot))) as unknown as string),
});

export const getLabelSheet = route({
  method: 'get',
  path: '/v1/labels',
  operationId: 'getLabelSheet',
  summary: 'Labels of several lots, to print on A4',
  description:
    'A page that holds all it needs: open it, and print it without scaling. Three labels in a row.',
  tags: ['labels'],
  access: 'anybody',
  query: z.strictObject({
    lots: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(idParam).min(1).max(100))
      .describe('Up to 100 ids of lots, with commas between them.'),
  }),
  example: { query: `lots=0x${'5c'.repeat(32)}` },
  responses: {
    200: { description: 'HTML.', schema: z.string().meta({ description: 'The page.' }), media: 'text/html' },
  },
  errors: labelErrors,
  handler: async (context, { query: { lots } }) => {
    const labels = new Map((await labelsOf(context, lots)).map((label) => [label.lot, label]));
    return answer(200, labelSheet(lots.map((lot) => printable(lot, labels.get(lot)))));
  },
});

/** The lots that claim a product, as anybody may know. @throws ProblemError `unknown-product` where none does */
export async function productOf({ db }: Context, item: TradeItem): Promise<Product> {
  const found = await claimsOf(db, item);
  if (found.claims.length === 0)
    throw new ProblemError('unknown-product', `No lot on this ledger claims ${digitalLinkPath(item)}.`);
  const parties = found.claims.map(({ producer }) => producer);
  return productView(item, found, await namesOf(db, { parties, facilities: [] }));
}

/** @throws ProblemError `invalid-request` for what GS1 has no such number for */
export function tradeItemOf(gtin: string, serial?: string, batch?: string): TradeItem {
  const number = gtin14(gtin);
  if (number === null) throw wrong('gtin', 'expected a GTIN of 8, 12, 13 or 14 digits with its check digit');
  const [given] = [serial, batch].filter((text) => text !== undefined);
  if (given === undefined) throw wrong('?serial', 'expected a serial number or a batch');
  for (const [name, text] of Object.entries({ serial, batch }))
    if (text !== undefined && !isQualifier(text))
      throw wrong(`?${name}`, 'expected up to 20 characters that GS1 allows');
  return { gtin: number, serial: serial ?? null, batch: batch ?? null };
}

function wrong(path: string, message: string): ProblemError {
  return new ProblemError('invalid-request', `${path}: ${message}`, { errors: [{ path, message }] });
}

type Printed = Label & { readonly status: LotRow['status'] };

/** The labels of those of the lots that exist. */
async function labelsOf({ db, publicUrl }: Context, lots: readonly Hex[]): Promise<Printed[]> {
  const rows = [...(await lotsByIds(db, lots)).values()];
  const shown = await disclosedOf(
    db,
    rows.map(({ evidence }) => evidence),
  );
  return rows.map(({ lot, status, commodity, milligrams, evidence }) => {
    const item = tradeItemIn(shown.get(evidence) ?? {});
    const link = `${publicUrl()}${item ? digitalLinkPath(item) : `/lots/${lot}`}`;
    return { lot, status, commodity, milligrams, item, link };
  });
}

async function labelOf(context: Context, lot: Hex): Promise<Label> {
  return printable(lot, (await labelsOf(context, [lot]))[0]);
}

function printable(lot: Hex, label: Printed | undefined): Label {
  if (!label) throw unknownLot(lot);
  if (label.status === 'void')
    throw new ProblemError('lot-is-void', `Lot ${lot} is void: nothing should carry its label.`);
  return label;
}
