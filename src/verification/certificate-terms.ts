import { z } from 'zod';
import { facilityKinds } from '../protocol/codes.ts';
import { addressJson, bytes32Json } from '../protocol/json.ts';

export const massJson = z
  .string()
  .regex(/^(0|[1-9]\d*)$/)
  .describe('Milligrams, as a decimal string');
export const ppmJson = z.int().min(0).max(1_000_000).describe('Parts per million');

/** A country: ISO 3166-1 numeric, and its alpha-2 code and English name where the number is assigned. */
export const countryJson = z.strictObject({
  numeric: z.int(),
  alpha2: z.string().length(2).nullable(),
  name: z.string(),
});

/** A material: its id, symbol and name. */
export const materialJson = z.strictObject({ id: z.int(), symbol: z.string(), name: z.string() });

/** A site. `name` is disclosed evidence, null where the operator shows none. */
export const siteJson = z.strictObject({
  facility: bytes32Json,
  name: z.string().nullable(),
  kind: termJson(facilityKinds).nullable(),
  country: countryJson.nullable(),
  operator: addressJson.nullable(),
});

/** A party. `legalName` is disclosed evidence, null where none is shown. */
export const partyJson = z.strictObject({ party: addressJson, legalName: z.string().nullable() });

/** One of the terms of a table of the protocol. */
export function termJson<Term extends string>(table: Record<Term, number>) {
  return z.enum(Object.keys(table) as [Term, ...Term[]]);
}
