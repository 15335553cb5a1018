import { commodityName } from '../../protocol/commodities.ts';
import { countryOf } from '../../protocol/countries.ts';
import { formatMass } from '../../protocol/mass.ts';
import { materialOf } from '../../protocol/materials.ts';
import { commonTexts } from './common-texts.ts';
import { contentTexts } from './content-texts.ts';
import { eventTexts } from './event-texts.ts';
import type { Phrase, PolicyWords } from './phrase.ts';
import { proofTexts } from './proof-texts.ts';
import { siteTexts } from './site-texts.ts';
import { type Speaker, speak } from './speak.ts';
import { filled } from './texts.ts';

/** Every text of the verifier, by its key; of plurals, `_one` and `_other`. */
export const englishTexts: Readonly<Record<string, string>> = {
  ...commonTexts,
  ...contentTexts,
  ...siteTexts,
  ...eventTexts,
  ...proofTexts,
};

/** English as the certificate has it: exact masses, days as ISO 8601 writes them. */
const speaker: Speaker = {
  text(key, values) {
    const { count } = values;
    const form = typeof count === 'number' ? `${key}_${count === 1 ? 'one' : 'other'}` : key;
    const text = englishTexts[form] ?? englishTexts[key];
    return text && filled(text, (name) => String(values[name] ?? ''));
  },
  mass: formatMass,
  share: (ppm) => `${ppm / 10_000} %`,
  day: (time) => new Date(time * 1000).toISOString().slice(0, 10),
  country: (numeric) => countryOf(numeric)?.name ?? `country ${numeric}`,
  material: (id) => materialOf(id).name.toLowerCase(),
  commodity: commodityLabel,
  policy: (words) => words,
};

/** What a phrase, or several after one another, say in English. */
export function english(...said: readonly (Phrase | PolicyWords)[]): string {
  return said.map(inEnglish).join(' ');
}

function inEnglish(said: Phrase | PolicyWords): string {
  const words = speak(speaker, said);
  if (words === undefined) throw new RangeError(`There is no English for ${JSON.stringify(said)}`);
  return words;
}

/** An HS code: "cobalt metal (HS 8105.20)"; alone where it has no name here. */
function commodityLabel(digits: string): string {
  const code = digits.length > 4 ? `HS ${digits.slice(0, 4)}.${digits.slice(4)}` : `HS ${digits}`;
  const name = commodityName(digits);
  return name === null ? code : `${name.charAt(0).toLowerCase()}${name.slice(1)} (${code})`;
}
