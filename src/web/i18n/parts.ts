import type auditor from '../messages/en/auditor.json';
import type buyer from '../messages/en/buyer.json';
import type certificate from '../messages/en/certificate.json';
import type common from '../messages/en/common.json';
import type session from '../messages/en/session.json';
import type supplier from '../messages/en/supplier.json';
import type terms from '../messages/en/terms.json';

/** The message files, a part of the pages each: `messages/<language>/<part>.json`. English is the one that types follow. */
export type Parts = {
  readonly common: typeof common;
  readonly terms: typeof terms;
  readonly certificate: typeof certificate;
  readonly session: typeof session;
  readonly supplier: typeof supplier;
  readonly auditor: typeof auditor;
  readonly buyer: typeof buyer;
};

export type Part = keyof Parts;

type Leaves<Messages> = {
  [Key in keyof Messages & string]: Messages[Key] extends string ? Key : `${Key}.${Leaves<Messages[Key]>}`;
}[keyof Messages & string];

type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'one' | 'many' | 'other'}` ? Base : Key;

/** The messages of one part, by their way through the file: `verdict.meets`. Of plurals, without `_one` and `_other`. */
type KeyOf<P extends Part> = WithoutPlural<Leaves<Parts[P]>>;

/** What can be translated on pages of a part: its own messages, terms, and what all pages have in common. */
export type MessageKey<P extends Part> = KeyOf<P> | `terms:${KeyOf<'terms'>}` | `common:${KeyOf<'common'>}`;
