import type { MessageKey, Part } from './parts.ts';

/** One message file: texts, by name, in groups. `{{name}}` in a text is a value, `<name/>` an element (see Rich). */
export type Messages = { readonly [name: string]: string | Messages };

/** What goes into a text. `count` also chooses its plural: `steps_one`, `steps_other`. */
export type Values = Readonly<Record<string, string | number>>;

/** Translates messages of one part, and those of `common:` and `terms:`. */
export type Translate<P extends Part> = (key: MessageKey<P>, values?: Values) => string;

/** The messages of one language, as far as they are loaded. */
export class Translator {
  readonly #parts = new Map<string, Messages>();
  readonly #language: string;
  /** Made when the first count is written: a phone takes milliseconds for each. */
  #plurals: Intl.PluralRules | undefined;
  #numbers: Intl.NumberFormat | undefined;
  /** Spaces at which no line may end: French sets some before its punctuation. */
  readonly #spaced: RegExp | null;

  /** @param language as BCP 47 spells it */
  constructor(language: string) {
    this.#spaced = language === 'fr' ? / (?=[:;?!»%])|(?<=«) /g : null;
    this.#language = language;
  }

  has(part: Part): boolean {
    return this.#parts.has(part);
  }

  add(part: Part, messages: Messages): void {
    this.#parts.set(part, messages);
  }

  /** The text of a key, filled in; undefined where there is none. @param key `part:way.through.the.file` */
  find(key: string, values: Values = {}): string | undefined {
    const colon = key.indexOf(':');
    const way = key.slice(colon + 1);
    const messages = this.#parts.get(key.slice(0, colon));
    const { count } = values;
    const form = typeof count === 'number' && this.#form(count);
    const plural = form ? `${way}_${form}` : way;
    const text = textAt(messages, plural) ?? textAt(messages, way);
    const spaced = this.#spaced ? text?.replace(this.#spaced, '\u00a0') : text;
    return spaced?.replace(/\{\{(\w+)\}\}/g, (_, name: string) => this.#shown(values[name]));
  }

  /** French counts none as one, and our texts for one say "un". */
  #form(count: number): Intl.LDMLPluralRule {
    this.#plurals ??= new Intl.PluralRules(this.#language);
    return count === 0 ? 'other' : this.#plurals.select(count);
  }

  /** A count is written with its digits in groups; every other value is written as it comes. */
  #shown(value: string | number | undefined): string {
    if (typeof value !== 'number') return value ?? '';
    this.#numbers ??= new Intl.NumberFormat(this.#language);
    return this.#numbers.format(value);
  }
}

function textAt(messages: Messages | undefined, way: string): string | undefined {
  let found: string | Messages | undefined = messages;
  for (const name of way.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}
