import { useCountryName } from './names.ts';

/** A country by its name; by its number where ISO 3166-1 assigns it to none. */
export function CountryName({ country }: { country: { numeric: number } }) {
  return <>{useCountryName()(country.numeric)}</>;
}
