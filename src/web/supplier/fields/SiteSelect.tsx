import { NativeSelect } from '@mantine/core';
import type { FacilitySummary } from '../../../api/schemas/parties.ts';
import type { Hex } from '../../../protocol/hex.ts';
import { useCountryName } from '../../components/names.ts';
import { shortId } from '../../format.ts';
import { useT } from '../../i18n/i18n.ts';

type SiteSelectProps = {
  readonly label: string;
  readonly sites: readonly FacilitySummary[];
  readonly value: Hex;
  readonly onChange: (site: Hex) => void;
};

/** One of some sites. */
export function SiteSelect({ label, sites, value, onChange }: SiteSelectProps) {
  const t = useT('supplier');
  const countryName = useCountryName();
  const named = ({ id, name, kind, country }: FacilitySummary) =>
    `${name ?? `${t(`terms:kind.${kind}`)} ${shortId(id)}`}, ${countryName(country.numeric)}`;
  return (
    <NativeSelect
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Hex)}
      data={sites.map((site) => ({ value: site.id, label: named(site) }))}
    />
  );
}
