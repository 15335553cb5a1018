import type auditor from '../messages/en/auditor.json';
import type buyer from '../messages/en/buyer.json';
import type certificate from '../messages/en/certificate.json';
import type check from '../messages/en/check.json';
import type common from '../messages/en/common.json';
import type session from '../messages/en/session.json';
import type supplier from '../messages/en/supplier.json';
import type terms from '../messages/en/terms.json';

/** The message files, a part of the pages each: `messages/<language>/<part>.json`. English is the one that types follow. */
export type Parts = {
  readonly common: typeof common;
  readonly terms: typeof terms;
  readonly certificate: typeof certificate;
  readonly check: typeof check;
  readonly session: typeof session;
  readonly supplier: typeof supplier;
  readonly auditor: typeof auditor;
  readonly buyer: typeof buyer;
};

export type Part = keyof Parts;

/** What the verifier words comes in English with each certificate; the files of other languages, by the part that shows it. */
export const verifierParts = {
  certificate: ['findings', 'policies'],
  buyer: ['findings', 'policies'],
  check: ['conclusion', 'policies'],
} as const satisfies Partial<Record<Part, readonly string[]>>;

/** What the service words in English itself; the files of other languages, each loaded when its words are first shown. */
export const serviceParts = ['problems'] as const;
export type ServicePart = (typeof serviceParts)[number];

/** Any file of messages. */
export type AnyPart = Part | ServicePart | (typeof verifierParts)[keyof typeof verifierParts][number];

/** The files that a language has for a part. */
export function filesFor(part: Part, language: string): readonly AnyPart[] {
  const more: Partial<Record<Part, readonly AnyPart[]>> = verifierParts;
  return [part, ...(language === 'en' ? [] : (more[part] ?? []))];
}

type Leaves<Messages> = {
  [Key in keyof Messages & string]: Messages[Key] extends string ? Key : `${Key}.${Leaves<Messages[Key]>}`;
}[keyof Messages & string];

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'one' | 'many' | 'other'}` ? Base : Key;

/** The messages of one part, by their way through the file: `verdict.meets`. Of plurals, without `_one` and `_other`. */
type KeyOf<P extends Part> = WithoutPlural<Leaves<Parts[P]>>;

/** Any message, with its part: `supplier:review`. */
export type WholeKey = { [P in Part]: `${P}:${KeyOf<P>}` }[Part];

/** What can be translated on pages of a part: its own messages, terms, and what all pages have in common. */
export type MessageKey<P extends Part> = KeyOf<P> | `terms:${KeyOf<'terms'>}` | `common:${KeyOf<'common'>}`;
