import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { z } from 'zod';
import { canonicalJson, type JsonValue } from '../protocol/evidence.ts';
import { type Hex, hex } from '../protocol/hex.ts';

/** From when until when a row of data holds, in Unix seconds: `validFrom` included, `validUntil` excluded. */
const datedShape = {
  source: z.string().describe('Where it was read'),
  unverified: z
    .boolean()
    .optional()
    .describe('True where some of it is general knowledge that nobody has checked'),
  validFrom: z.int(),
  validUntil: z.int().nullable(),
};

/** A dated list of countries, by ISO 3166-1 number. A region on a list puts its whole country on it. */
export const countryListJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  ...datedShape,
  countries: z.array(z.int().min(1).max(999)),
});
export type CountryList = z.infer<typeof countryListJson>;

/** A dated list of commodities. A code stands for every HS-6 code that begins with it. */
const commodityListJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  ...datedShape,
  codes: z.array(z.string().regex(/^\d{2,6}$/)),
});
export type CommodityList = z.infer<typeof commodityListJson>;

/** A scheme as attestations name it (any of `names`, in any case), and the materials that it is for (null = any). */
const acceptedSchemeJson = z.strictObject({
  names: z.array(z.string()).min(1),
  materials: z.array(z.int()).nullable(),
  source: z.string(),
  unverified: z.boolean().optional(),
});
export type AcceptedScheme = z.infer<typeof acceptedSchemeJson>;

const none = z.strictObject({});
const answered = z.strictObject({
  schemes: z.array(acceptedSchemeJson),
  documents: z
    .array(z.string())
    .describe('Evidence fields that answer by a SHA-256 in hexadecimal; [i] stands for any index'),
});

/** The checks that rules can call, each with its parameters. */
const checkShapes = {
  'smelters-audited': z.strictObject({
    schemes: z.array(acceptedSchemeJson),
    unprocessed: z
      .array(commodityListJson)
      .describe('Commodities that need not have passed a smelter, refiner or recycler'),
  }),
  'origin-known': z.strictObject({ undeclaredMaxPpm: z.int().min(0).max(1_000_000) }),
  'transit-known': none,
  'high-risk-origins-assessed': z.strictObject({ schemes: z.array(acceptedSchemeJson) }),
  'high-risk-transit-answered': answered,
  'transit-level-origins-answered': answered,
  'recycled-in-high-risk-answered': z.strictObject({ schemes: z.array(acceptedSchemeJson) }),
  'high-risk-suppliers-answered': z.strictObject({ schemes: z.array(acceptedSchemeJson) }),
  anomalies: z.strictObject({ recordedLateAfter: z.int(), weighingTolerancePpm: z.int() }),
  'nothing-adverse-open': none,
  'custody-documented': z.strictObject({ weighingTolerancePpm: z.int() }),
  'not-told': z.strictObject({ why: z.string() }),
} as const;
export type CheckName = keyof typeof checkShapes;
export type Parameters<Name extends CheckName> = z.infer<(typeof checkShapes)[Name]>;

const ruleShape = {
  id: z.string(),
  clause: z.string(),
  question: z.string(),
  note: z.string().optional(),
  ...datedShape,
};

/** One rule: a dated row that says which check answers it, with what parameters, and on what clause it rests. */
export const ruleJson = z.discriminatedUnion(
  'check',
  Object.entries(checkShapes).map(([check, parameters]) =>
    z.strictObject({ ...ruleShape, check: z.literal(check), parameters }),
  ) as never,
) as unknown as z.ZodType<Rule>;
export type Rule = RuleRow &
  { [Name in CheckName]: { readonly check: Name; readonly parameters: Parameters<Name> } }[CheckName];
type RuleRow = z.infer<z.ZodObject<typeof ruleShape>>;

/**
 * A policy is data: what it asks, of which materials (null = every tracked one), and with which lists of countries.
 * `covered` and `highRisk` make a country high-risk; without a `highRisk` list in force, no other country can be
 * told to be free of risk. `transitLevel` are countries through which high-risk material is known to pass.
 */
export const policyJson = z.strictObject({
  id: z.string(),
  version: z.string(),
  name: z.string(),
  source: z.string(),
  materials: z.array(z.int()).nullable(),
  countries: z.strictObject({
    covered: z.array(countryListJson),
    highRisk: z.array(countryListJson),
    transitLevel: z.array(countryListJson),
  }),
  rules: z.array(ruleJson),
});
export type Policy = z.infer<typeof policyJson>;

/** keccak256 of the policy's canonical JSON: two policies with one hash ask the same. */
export function policyHash(policy: Policy): Hex {
  return hex(keccak256(toUtf8Bytes(canonicalJson(policy as unknown as JsonValue))));
}

/** Whether a dated row holds at a time. */
export function inForce(row: { validFrom: number; validUntil: number | null }, time: number): boolean {
  return row.validFrom <= time && (row.validUntil === null || time < row.validUntil);
}

/** Whether an HS-6 code is on one of the lists that hold at a time. */
export function isListed(lists: readonly CommodityList[], commodity: number, time: number): boolean {
  const code = hsCode(commodity);
  return lists.some((list) => inForce(list, time) && list.codes.some((known) => code.startsWith(known)));
}

/** A commodity as six digits. */
export function hsCode(commodity: number): string {
  return String(commodity).padStart(6, '0');
}

/** Whether one of the accepted schemes, for that material, has that name. */
export function acceptsScheme(schemes: readonly AcceptedScheme[], name: string, material: number): boolean {
  const wanted = name.trim().toLowerCase();
  return schemes.some(
    (scheme) =>
      (scheme.materials === null || scheme.materials.includes(material)) &&
      scheme.names.some((known) => known.toLowerCase() === wanted),
  );
}
