import { z } from 'zod';
import { id, milligrams, partyRef } from './common.ts';
import { lotStatus } from './lots.ts';

const claim = z
  .object({
    lot: id,
    status: lotStatus,
    serial: z.string().nullable(),
    batch: z.string().nullable(),
    commodity: z.int(),
    milligrams,
    producer: partyRef.describe('Who says so.'),
  })
  .meta({ id: 'ProductClaim', description: 'A lot whose public evidence names the product.' });
export type Claim = z.infer<typeof claim>;

const identifiers = {
  gtin: z.string().describe('14 digits.'),
  serial: z.string().nullable(),
  batch: z.string().nullable(),
};

export const product = z
  .object({
    ...identifiers,
    path: z.string().describe('The GS1 Digital Link, from the domain on.'),
    disputed: z
      .boolean()
      .describe('Several lots claim one serial number, and none was made of the other: do not rely on any.'),
    standing: z
      .array(id)
      .describe(
        'Of the claims: lots that no other one of the number was made of. A label leads to the only one.',
      ),
    claims: z.array(claim).describe('Newest first; void lots do not count.'),
    truncated: z.boolean().describe('There are more claims than are shown.'),
    advice: z.string(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof product>;

export const lotLabel = z
  .object({
    lot: id,
    link: z.string().describe('What the QR code of its label holds.'),
    product: product
      .nullable()
      .describe('null = its public evidence names no GTIN with a serial number or batch.'),
  })
  .meta({ id: 'LotLabel' });
export type LotLabel = z.infer<typeof lotLabel>;
