import type { commonTexts } from './common-texts.ts';
import type { contentTexts } from './content-texts.ts';
import type { eventTexts } from './event-texts.ts';
import type { Phrase, Value } from './phrase.ts';
import type { proofTexts } from './proof-texts.ts';
import type { siteTexts } from './site-texts.ts';

type Texts = typeof commonTexts &
  typeof contentTexts &
  typeof siteTexts &
  typeof eventTexts &
  typeof proofTexts;

type WithoutPlural<Key> = Key extends `${infer Base}_${'one' | 'other'}` ? Base : Key;
/** Every text that there is to say, without its plurals. */
export type PhraseKey = WithoutPlural<keyof Texts>;

type Named<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Named<Rest> : never;
type NamesOf<Key extends PhraseKey> = Named<Texts[Extract<keyof Texts, Key | `${Key}_${'one' | 'other'}`>]>;
type Given<Key extends PhraseKey> = [NamesOf<Key>] extends [never]
  ? []
  : [{ readonly [Name in NamesOf<Key>]: Name extends 'count' ? number : Value }];

/** A phrase, with what its text leaves room for. */
export function say<Key extends PhraseKey>(key: Key, ...[values]: Given<Key>): Phrase {
  return { key, values: values ?? {} };
}
