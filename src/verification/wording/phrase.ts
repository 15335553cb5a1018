import { z } from 'zod';

/**
 * What something says, apart from any language: which text, and what goes into it. A language makes words of it with its
 * own texts, by the same keys, and its own ways to write masses, days and names.
 */
export type Phrase = { readonly key: string; readonly values: Readonly<Record<string, Value>> };

/** Words of a policy: its author's, in the author's language. */
export type PolicyWords = { readonly policy: string };

/** How the items of a list stand together: "a, b", "a; b", "a and b", "a to b". */
export type Joint = 'comma' | 'semicolon' | 'and' | 'to';

/**
 * What goes into a text: a count, which also chooses its plural; a text as it is (a name, a scheme, a hash); another
 * phrase; or one of these.
 */
export type Value =
  | number
  | string
  | Phrase
  | PolicyWords
  | { readonly milligrams: string }
  | { readonly ppm: number }
  | { readonly day: number }
  | { readonly country: number }
  | { readonly material: number }
  | { readonly commodity: string }
  | { readonly id: string }
  | { readonly list: readonly Value[]; readonly joint: Joint };

export const phraseJson: z.ZodType<Phrase> = z
  .strictObject({
    key: z.string().describe('Of the text, in the catalogue of any language'),
    values: z.record(
      z.string(),
      z.lazy(() => valueJson),
    ),
  })
  .meta({
    id: 'Phrase',
    description: 'What is said, apart from any language: which text, and what goes into it',
  });

export const policyWordsJson = z
  .strictObject({ policy: z.string() })
  .meta({ id: 'PolicyWords', description: "Words of the policy: its author's, in the author's language" });

const valueJson: z.ZodType<Value> = z
  .union([
    z.int().describe('A count; it chooses the plural'),
    z.string().describe('As it is: a name, a scheme, a hash'),
    z.lazy(() => phraseJson),
    policyWordsJson,
    z.strictObject({ milligrams: z.string().regex(/^(0|[1-9]\d*)$/) }),
    z.strictObject({ ppm: z.int() }).describe('A share, in parts per million'),
    z.strictObject({ day: z.int() }).describe('The day of that time: Unix seconds, UTC'),
    z.strictObject({ country: z.int() }).describe('ISO 3166-1 numeric'),
    z.strictObject({ material: z.int() }),
    z.strictObject({ commodity: z.string().regex(/^\d{2,6}$/) }).describe('Digits of an HS code'),
    z
      .strictObject({ id: z.string() })
      .describe('Of a lot, a site, a party or a statement: its start is shown'),
    z.strictObject({
      list: z.array(z.lazy(() => valueJson)),
      joint: z.enum(['comma', 'semicolon', 'and', 'to']),
    }),
  ])
  .meta({ id: 'PhraseValue', description: 'What goes into a phrase' });
