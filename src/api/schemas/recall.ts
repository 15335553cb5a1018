import { z } from 'zod';
import { content, id, milligrams, partyRef, time } from './common.ts';

const units = z
  .string()
  .regex(/^\d+$/)
  .describe('The same, exactly: in units of 2⁻⁶⁴ mg, of which the parts sum to the whole.');

const material = content.omit({ recycled: true, milligrams: true });

const affected = material
  .extend({
    recycled: z.boolean(),
    milligrams: milligrams.describe('Of the lot recalled, to the nearest milligram; at least one.'),
    units,
  })
  .meta({
    id: 'AffectedContent',
    description: 'How much of a material in a lot came from the lot recalled.',
  });

export const balance = material.extend({
  milligrams: milligrams.describe('In the lot recalled, when it was made.'),
  live: units.describe('In the live lots, in units of 2⁻⁶⁴ mg.'),
  gone: units.describe('Retired, or lost in production, in units of 2⁻⁶⁴ mg.'),
});

const head = z
  .object({
    kind: z.literal('recall'),
    lot: id,
    asOf: z.object({ block: z.int(), hash: id, time }),
    materials: z.array(balance).describe('`live` and `gone` sum to the lot’s content.'),
    holders: z.int(),
    lots: z.int().describe('Live lots: so many lines follow, besides one for each holder.'),
  })
  .meta({ id: 'RecallHead', description: 'The first line.' });

export const holder = z
  .object({
    kind: z.literal('holder'),
    party: partyRef,
    lots: z.int().describe('The lines that follow, up to the next holder.'),
    affected: z.array(affected),
  })
  .meta({
    id: 'RecallHolder',
    description: 'Who answers for the lots after it; in transit: still the consignor.',
  });

export const lot = z
  .object({
    kind: z.literal('lot'),
    id,
    status: z.enum(['held', 'in-transit']),
    facility: id.describe('Where it is; in transit: where it is going.'),
    affected: z.array(affected).describe('Empty where nothing of the lot recalled is in it.'),
  })
  .meta({ id: 'RecallLot' });

export const end = z
  .object({ kind: z.literal('end') })
  .meta({ id: 'RecallEnd', description: 'The last line: without it the answer was cut off.' });

export const recallLine = z.discriminatedUnion('kind', [head, holder, lot, end]);
export type RecallLine = z.infer<typeof recallLine>;
export type AffectedContent = z.infer<typeof affected>;
export type Balance = z.infer<typeof balance>;
export type HoldingLine = z.infer<typeof holder> | z.infer<typeof lot> | z.infer<typeof end>;
