import { countryOf } from '../../protocol/countries.ts';
import { hsCode } from '../../protocol/hs-code.ts';
import { regionName } from '../format.ts';
import { findMessage, useLanguage, useT } from '../i18n/i18n.ts';

/** The name of a material by its number: "Cobalt". */
export function useMaterialName(): (material: number) => string {
  const t = useT('common');
  return (material) =>
    findMessage(`terms:material.${material}`) ?? t('unknownMaterial', { number: String(material) });
}

/** What a commodity is called, by its HS-6 code as a number, and how the code is written: "2836.91". */
export function useCommodity(): (hs6: number) => { readonly code: string; readonly name: string } {
  const t = useT('common');
  return (hs6) => {
    const code = hsCode(hs6);
    const digits = code.replace('.', '');
    const name =
      findMessage(`terms:commodity.hs${digits}`) ?? findMessage(`terms:commodity.hs${digits.slice(0, 4)}`);
    return { code, name: name ?? t('unknownCommodity', { code }) };
  };
}

/** A country's name by its ISO 3166-1 number; by the number alone where that is assigned to none. */
export function useCountryName(): (numeric: number) => string {
  const t = useT('common');
  const language = useLanguage();
  return (numeric) => {
    const country = countryOf(numeric);
    if (!country) return t('unknownCountry', { number: String(numeric) });
    return language === 'en' ? country.name : regionName(country.alpha2);
  };
}
