import { keccak256 } from 'ethers/crypto';
import { toUtf8Bytes } from 'ethers/utils';
import { z } from 'zod';
import { custodyModels, facilityKinds } from '../protocol/codes.ts';
import { canonicalJson, type JsonValue } from '../protocol/evidence.ts';
import { type Hex, hex } from '../protocol/hex.ts';

/** From when until when a row of data holds, in Unix seconds: `validFrom` included, `validUntil` excluded. */
const datedShape = {
  source: z.string().describe('Where it was read'),
  unverified: z
    .boolean()
    .optional()
    .describe('True where some of it is general knowledge that nobody has checked'),
  validFrom: z.int().describe('Unix seconds, UTC; included'),
  validUntil: z.int().nullable().describe('Unix seconds, UTC; excluded; null = until further notice'),
};

/** A dated list of countries, by ISO 3166-1 number. A region on a list puts its whole country on it. */
export const countryListJson = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    ...datedShape,
    countries: z.array(z.int().min(1).max(999)),
  })
  .meta({ id: 'CountryList', description: 'Countries by ISO 3166-1 number, and when the list holds' });
export type CountryList = z.infer<typeof countryListJson>;

/** A dated list of commodities. A code stands for every HS-6 code that begins with it. */
const commodityListJson = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    ...datedShape,
    codes: z.array(z.string().regex(/^\d{2,6}$/)),
  })
  .meta({ id: 'CommodityList', description: 'HS codes of two to six digits, and when the list holds' });
export type CommodityList = z.infer<typeof commodityListJson>;

/** A scheme as attestations name it (any of `names`, in any case), and the materials that it is for (null = any). */
const acceptedSchemeJson = z
  .strictObject({
    names: z.array(z.string()).min(1),
    materials: z.array(z.int()).nullable(),
    source: z.string(),
    unverified: z.boolean().optional(),
  })
  .meta({ id: 'AcceptedScheme', description: 'A scheme by its names, and the materials that it is for' });
export type AcceptedScheme = z.infer<typeof acceptedSchemeJson>;

const none = z.strictObject({});
const ppm = z.int().min(0).max(1_000_000).describe('Parts per million');
const askedMaterials = z
  .array(z.int())
  .nullable()
  .describe('The materials that are asked about; null = every one that the policy is about');
const yearlyLimitJson = z.strictObject({
  codes: z.array(z.string().regex(/^\d{2,6}$/)).min(1),
  isPart: z
    .boolean()
    .describe('The limit is for a part of these codes alone, which six digits do not tell apart'),
  milligrams: z.string().regex(/^(0|[1-9]\d*)$/),
});
export type YearlyLimit = z.infer<typeof yearlyLimitJson>;
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
  'nothing-adverse-open': z.strictObject({
    concerns: z
      .enum(['inform', 'count'])
      .optional()
      .describe(
        'Alerts, disputes and grievances that parties recorded as observations: shown (also where absent); or, while nobody has answered, not enough evidence',
      ),
  }),
  'custody-documented': z.strictObject({ weighingTolerancePpm: z.int() }),
  'not-told': z.strictObject({ why: z.string() }),
  countries: z.strictObject({
    of: z
      .enum(['origins', 'sites'])
      .describe('Where it was mined or collected; or every site that worked on it, sent or got it'),
    refused: z.array(countryListJson),
    allowed: z.array(countryListJson).nullable().describe('null = every country that is not refused'),
  }),
  'recycled-share': z.strictObject({
    atLeast: z
      .array(z.strictObject({ material: z.int(), ppm }))
      .min(1)
      .describe('Of those of the materials that the lot declares'),
  }),
  'share-at-most': z.strictObject({
    of: z.enum(['country', 'party', 'site']),
    stage: z
      .enum(['extraction', 'processing', 'recycling'])
      .describe('Where it was mined; where it was smelted or refined; where it was recycled'),
    maxPpm: ppm.describe("Of the lot's content of each material"),
    materials: askedMaterials,
    exempt: z.array(countryListJson).describe('Countries that do not count, as of the certificate'),
  }),
  'custody-model': z.strictObject({
    atLeast: z.enum(Object.keys(custodyModels) as [keyof typeof custodyModels]),
    materials: askedMaterials,
    schemes: z
      .array(acceptedSchemeJson)
      .describe('If any: every site needs an attestation under one of them for what it declares'),
  }),
  'origin-attested': z.strictObject({ schemes: z.array(acceptedSchemeJson), materials: askedMaterials }),
  'recorded-within': z.strictObject({ seconds: z.int().min(0) }),
  'custody-unbroken': none,
  'weighed-within': z.strictObject({ weighingTolerancePpm: ppm }),
  'within-capacity': z.strictObject({
    sites: z
      .array(z.enum(Object.keys(facilityKinds) as [keyof typeof facilityKinds]))
      .min(1)
      .describe('Kinds of sites that are asked about'),
    materials: askedMaterials,
  }),
  'transit-speed': z.strictObject({ maxKmPerHour: z.int().min(1) }),
  'lot-mass-at-most': z.strictObject({ limits: z.array(yearlyLimitJson).min(1) }),
} as const;
export type CheckName = keyof typeof checkShapes;
export type Parameters<Name extends CheckName> = z.infer<(typeof checkShapes)[Name]>;

const nameJson = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'Expected small letters, digits and hyphens');

const ruleShape = {
  id: nameJson,
  clause: z.string(),
  question: z.string(),
  note: z.string().optional(),
  indicator: z.boolean().optional().describe('True: it shows what it finds, and its answer does not count'),
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
export const policyJson = z
  .strictObject({
    id: nameJson,
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
  })
  .superRefine(({ rules }, { addIssue }) => {
    for (const [at, { id, validFrom, validUntil }] of rules.entries()) {
      const path = ['rules', at];
      const first = rules.findIndex((one) => one.id === id);
      if (first < at)
        addIssue({ code: 'custom', path: [...path, 'id'], message: `Rule ${first} is "${id}" already` });
      if (validUntil !== null && validUntil <= validFrom)
        addIssue({
          code: 'custom',
          path: [...path, 'validUntil'],
          message: 'Expected a time after validFrom',
        });
    }
  });
export type Policy = z.infer<typeof policyJson>;

/** The form of a policy as a JSON Schema (draft 2020-12), for editors and for whoever writes one. */
export function policySchema(): object {
  return { title: 'A Lodebook policy', ...z.toJSONSchema(policyJson, { io: 'input' }) };
}

/** keccak256 of the policy's canonical JSON: two policies with one hash ask the same. */
export function policyHash(policy: Policy): Hex {
  return hex(keccak256(toUtf8Bytes(canonicalJson(policy as unknown as JsonValue))));
}

/** Whether a dated row holds at a time. */
export function inForce(row: { validFrom: number; validUntil: number | null }, time: number): boolean {
  return row.validFrom <= time && (row.validUntil === null || time < row.validUntil);
}

/** Every list of countries that a policy goes by: its own, and its rules'. */
export function countryListsOf({ countries, rules }: Policy): CountryList[] {
  const ofRules = rules.flatMap((rule) =>
    rule.check === 'countries' ? [...rule.parameters.refused, ...(rule.parameters.allowed ?? [])] : [],
  );
  return [...Object.values(countries).flat(), ...ofRules];
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
