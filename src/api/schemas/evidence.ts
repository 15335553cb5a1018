import { z } from 'zod';
import type { JsonValue } from '../../protocol/evidence.ts';
import { bytes32Json } from '../../protocol/json.ts';
import { id, time } from './common.ts';

// What arrives is parsed JSON already: only its absence is left to refuse.
const jsonValue = z
  .unknown()
  .refine((value) => value !== undefined, 'expected a JSON value')
  .meta({ id: 'JsonValue', description: 'Any JSON value.' }) as unknown as z.ZodType<JsonValue>;

const disclosedField = z.strictObject({
  path: z.string().min(1).max(200).describe('What the field is called, such as `assay.method`.'),
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

/** What is kept: the document, the root that statements name, and since when. */
export const evidenceDocument = z
  .object({ root: id, fields: evidenceInput.shape.fields, receivedAt: time })
  .meta({ id: 'EvidenceDocument' });
export type EvidenceDocument = z.infer<typeof evidenceDocument>;
