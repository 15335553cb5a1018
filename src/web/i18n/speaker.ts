import { countryOf } from '../../protocol/countries.ts';
import { hsCode } from '../../protocol/hs-code.ts';
import type { Speaker } from '../../verification/wording/speak.ts';
import { readableDay, readableMass, readableShare, regionName } from '../format.ts';
import type { Values } from './translator.ts';

/** The texts of a language: by `part:key`, and those that stand for words of a policy. */
type Source = {
  find(key: string, values?: Values): string | undefined;
  policy(words: string): string | undefined;
};

/** Says what the verifier words with these texts, and with figures as the reader's locale writes them. */
export function speakerOf({ find, policy }: Source): Speaker {
  return {
    text: (key, values) => find(`findings:${key}`, values) ?? find(`conclusion:${key}`, values),
    mass: readableMass,
    share: readableShare,
    day: readableDay,
    country(numeric) {
      const country = countryOf(numeric);
      if (country) return regionName(country.alpha2);
      return find('common:unknownCountry', { number: String(numeric) }) ?? String(numeric);
    },
    material: (id) =>
      find(`terms:material.${id}`)?.toLowerCase() ??
      find('common:unknownMaterial', { number: String(id) }) ??
      String(id),
    commodity(digits) {
      const name = find(`terms:commodity.hs${digits}`) ?? find(`terms:commodity.hs${digits.slice(0, 4)}`);
      const code = `HS ${digits.length > 4 ? hsCode(Number(digits)) : digits}`;
      return name ? `${name.charAt(0).toLowerCase()}${name.slice(1)} (${code})` : code;
    },
    policy,
  };
}
