const names = new Intl.DisplayNames(undefined, { type: 'region' });

/** A country by its name in the reader's language; by its number where ISO 3166-1 has no letters for it. */
export function CountryName({ country }: { country: { numeric: number; alpha2: string | null } }) {
  return <>{country.alpha2 === null ? `country ${country.numeric}` : names.of(country.alpha2)}</>;
}
