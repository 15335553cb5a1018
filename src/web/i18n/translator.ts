import { filled } from '../../verification/wording/texts.ts';
import type { AnyPart, MessageKey, Part } from './parts.ts';

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
  readonly #isFrench: boolean;

  /** @param language as BCP 47 spells it */
  constructor(language: string) {
    this.#language = language;
    this.#isFrench = language === 'fr';
  }

  has(part: AnyPart): boolean {
    return this.#parts.has(part);
  }

  add(part: AnyPart, messages: Messages): void {
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
    if (text === undefined) return undefined;
    const shown = (name: string) => this.#shown(values[name]);
    return filled(this.#isFrench ? elided(unbroken(text), shown) : text, shown);
  }

  /** The text that stands for a whole English one, in a file whose keys are such; undefined where there is none. */
  instead(part: AnyPart, english: string): string | undefined {
    const text = this.#parts.get(part)?.[english];
    if (typeof text !== 'string') return undefined;
    return this.#isFrench ? unbroken(text) : text;
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

/** No line may end at the spaces that French sets before its punctuation. */
function unbroken(text: string): string {
  return text.replace(/ (?=[:;?!»%])|(?<=«) /g, '\u00a0');
}

/** "de" before a value that begins with a vowel: "5 kg d’étain". */
function elided(text: string, shown: (name: string) => string): string {
  return text.replace(/\bde (?=\{\{(\w+)\}\})/g, (de, name: string) =>
    /^([aeiouàâæéèêëîïôœûü]|y[^aeiouéè])/i.test(shown(name)) ? 'd’' : de,
  );
}

function textAt(messages: Messages | undefined, way: string): string | undefined {
  let found: string | Messages | undefined = messages;
  for (const name of way.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}
