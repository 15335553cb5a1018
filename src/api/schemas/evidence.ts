import { z } from 'zod';
import type { JsonValue } from '../../protocol/evidence.ts';
import { addressJson, bytes32Json, bytesJson, textJson, timeJson } from '../../protocol/json.ts';
import { account, id, pageOf, time } from './common.ts';

// What arrives is parsed JSON already: only its absence is left to refuse.
const jsonValue = z
  .unknown()
  .refine((value) => value !== undefined, 'expected a JSON value')
  .meta({ id: 'JsonValue', description: 'Any JSON value.' }) as unknown as z.ZodType<JsonValue>;

const disclosedField = z.strictObject({
  path: textJson(200).min(1).describe('What the field is called, such as `assay.method`.'),
  value: jsonValue,
  salt: bytes32Json.describe('32 random bytes, so that a hidden value cannot be guessed.'),
});

const hiddenField = z.strictObject({ leaf: bytes32Json.describe("The hash of the field's leaf alone.") });

/** What callers send. */
export const evidenceInput = z
  .strictObject({
    fields: z
      .array(z.union([disclosedField, hiddenField]))
      .min(1)
      .max(1_000),
  })
  .meta({
    id: 'EvidenceInput',
    description: 'An off-chain document: fields that are shown, and leaf hashes of those that stay hidden.',
    examples: [
      {
        fields: [
          { path: 'name', value: 'Mutoshi', salt: `0x${'07'.repeat(32)}` },
          { leaf: `0x${'5c'.repeat(32)}` },
        ],
      },
    ],
  });
export type EvidenceInput = z.infer<typeof evidenceInput>;

const shownField = disclosedField.extend({
  sharedWith: z
    .array(account)
    .optional()
    .describe('Absent = public. Else who may see it: the author reads them all, a party itself alone.'),
});

/** What is kept, as far as whoever asks may see it: the document, the root that statements name, and since when. */
export const evidenceDocument = z
  .object({
    root: id,
    fields: z.array(z.union([shownField, hiddenField])),
    receivedAt: time,
    disclosedAt: time.nullable().describe("The last disclosure's issuedAt; null = there was none."),
  })
  .meta({ id: 'EvidenceDocument' });
export type EvidenceDocument = z.infer<typeof evidenceDocument>;

const visibility = z.strictObject({
  path: textJson(200).min(1),
  leaf: bytes32Json.describe("The hash of the field's leaf."),
  isPublic: z.boolean().describe('For everybody, for good.'),
  parties: z
    .array(addressJson)
    .max(100)
    .describe('Not public: who may see it from now on; none = it is hidden.'),
});

/** What the author of a document signs, and sends with the document. */
export const disclosureInput = z
  .strictObject({
    message: z.strictObject({
      author: addressJson.describe(
        'Who first named the root: a party, or an account that is registrar or accreditor.',
      ),
      root: bytes32Json,
      fields: z.array(visibility).min(1).max(1_000).describe('Fields that are not listed stay as they were.'),
      issuedAt: timeJson.describe('Now. Of two for one document the later counts.'),
    }),
    signature: bytesJson.describe('Over the EIP-712 digest, with the types of `disclosure` in /v1/protocol.'),
    evidence: evidenceInput.describe(
      'The document: with path, value and salt of each field that is to be shown.',
    ),
  })
  .meta({
    id: 'DisclosureInput',
    examples: [
      {
        message: {
          author: `0x${'a1'.repeat(20)}`,
          root: `0x${'5c'.repeat(32)}`,
          fields: [
            {
              path: 'price',
              leaf: `0x${'1e'.repeat(32)}`,
              isPublic: false,
              parties: [`0x${'b2'.repeat(20)}`],
            },
          ],
          issuedAt: 1_790_000_000,
        },
        signature: `0x${'5c'.repeat(64)}1b`,
        evidence: {
          fields: [
            { path: 'price', value: '12 USD/kg', salt: `0x${'07'.repeat(32)}` },
            { leaf: `0x${'2d'.repeat(32)}` },
          ],
        },
      },
    ],
  });
export type DisclosureInput = z.infer<typeof disclosureInput>;

/** One field, and that it belongs to the document whose root a statement names. */
export const fieldProof = z
  .object({
    root: id,
    ...disclosedField.shape,
    leaf: id,
    proof: z
      .array(id)
      .describe('From leaf to root: hash in sorted pairs, as OpenZeppelin’s MerkleProof does.'),
  })
  .meta({ id: 'FieldProof' });
export type FieldProof = z.infer<typeof fieldProof>;

const sharedItem = z
  .object({ root: id, path: z.string(), author: account, sharedAt: time })
  .meta({ id: 'SharedItem', description: 'A field that the signed-in party was given to see.' });
export const sharedPage = pageOf('SharedPage', sharedItem);
export type SharedPage = z.infer<typeof sharedPage>;
