import { countries } from '../../protocol/countries.ts';
import { useT } from '../i18n/i18n.ts';
import { useCountryName } from './names.ts';
import { SearchSelect } from './SearchSelect.tsx';

type CountrySelectProps = {
  readonly label: string;
  /** An ISO 3166-1 number; null: none is chosen. */
  readonly value: number | null;
  readonly onChange: (country: number | null) => void;
  readonly required?: boolean;
};

/** A country by its name. */
export function CountrySelect({ label, value, onChange, required = false }: CountrySelectProps) {
  const t = useT('common');
  const nameOf = useCountryName();
  return (
    <SearchSelect
      label={label}
      required={required}
      clearable={!required}
      clearButtonProps={{ 'aria-label': t('clear', { what: label }) }}
      nothingFoundMessage={t('noCountry')}
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(chosen === null ? null : Number(chosen))}
      data={countries.map(({ numeric }) => ({ value: String(numeric), label: nameOf(numeric) }))}
    />
  );
}
