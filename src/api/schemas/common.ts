import { z } from 'zod';
import { facilityKinds } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';

/** A closed set of terms as JSON: the keys of one of the protocol's tables. */
export function termsOf<Term extends string>(table: Record<Term, number>): z.ZodEnum<{ [T in Term]: T }> {
  return z.enum(Object.keys(table) as [Term, ...Term[]]) as unknown as z.ZodEnum<{ [T in Term]: T }>;
}

function hexString(pattern: RegExp): z.ZodType<Hex> {
  return z.string().regex(pattern) as unknown as z.ZodType<Hex>;
}

export const id = hexString(/^0x[0-9a-f]{64}$/).meta({
  id: 'Id',
  description: 'A 32-byte id or root: 0x and 64 lower-case hexadecimal digits.',
  examples: [`0x${'5c'.repeat(32)}`],
});

export const account = hexString(/^0x[0-9a-f]{40}$/).meta({
  id: 'Account',
  description: 'An address, lower case: the id of a party.',
  examples: [`0x${'a1'.repeat(20)}`],
});

export const bytes = hexString(/^0x([0-9a-f]{2})*$/).meta({
  id: 'Bytes',
  description: 'Bytes, lower-case hexadecimal.',
});

export const milligrams = z
  .string()
  .regex(/^\d+$/)
  .meta({
    id: 'Milligrams',
    description: 'A mass: a decimal string of milligrams, because JSON numbers end at 2⁵³.',
    examples: ['25000000000'],
  });

export const time = z
  .int()
  .meta({ id: 'Time', description: 'Unix seconds, UTC.', examples: [1_790_000_000] });

export const country = z
  .object({
    numeric: z.int().describe('ISO 3166-1 numeric.'),
    alpha2: z
      .string()
      .nullable()
      .describe('ISO 3166-1 alpha-2; null for a number that ISO has not assigned.'),
    name: z.string().describe('In English.'),
  })
  .meta({ id: 'Country', examples: [{ numeric: 894, alpha2: 'ZM', name: 'Zambia' }] });
export type Country = z.infer<typeof country>;

export const content = z
  .object({
    material: z.int().describe('1–118: the element of that atomic number; 128 and up: a mineral.'),
    symbol: z.string(),
    name: z.string(),
    recycled: z.boolean(),
    milligrams,
  })
  .meta({ id: 'Content', description: 'How much of a material is in a lot, dry.' });
export type Content = z.infer<typeof content>;

export const partyRef = z
  .object({
    id: account,
    name: z.string().nullable().describe('The legal name, where evidence discloses it.'),
  })
  .meta({ id: 'PartyRef' });
export type PartyRef = z.infer<typeof partyRef>;

export const facilityRef = z
  .object({
    id,
    name: z.string().nullable().describe('The name, where evidence discloses it.'),
    kind: termsOf(facilityKinds),
    country,
    operator: partyRef,
  })
  .meta({ id: 'FacilityRef' });
export type FacilityRef = z.infer<typeof facilityRef>;

/** Items of a list, newest first unless the route says otherwise. `next` goes back into `?cursor=`; null = the end. */
export type Page<T> = { items: T[]; next: string | null };

/** The schema of a page; `name` is its own name in the OpenAPI document. */
export function pageOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .object({
      items: z.array(item),
      next: z.string().nullable().describe('Pass it as `cursor`; null = the end.'),
    })
    .meta({ id: name });
}
