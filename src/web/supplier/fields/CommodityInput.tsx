import { Autocomplete } from '@mantine/core';
import { knownCommodities } from '../../../protocol/commodities.ts';
import { useCommodity } from '../../components/names.ts';
import { useT } from '../../i18n/i18n.ts';
import { hs6In } from './hs6.ts';

type CommodityInputProps = { readonly value: string; readonly onChange: (text: string) => void };

/** What a lot is sold as: found by name or number, or any HS-6 code typed in full. */
export function CommodityInput({ value, onChange }: CommodityInputProps) {
  const t = useT('supplier');
  const commodity = useCommodity();
  const hs6 = hs6In(value);
  const data = knownCommodities.map((code) => `${commodity(code).code} ${commodity(code).name}`);
  return (
    <Autocomplete
      className="grow"
      label={t('commodity.label')}
      placeholder={t('commodity.hint')}
      required
      value={value}
      onChange={onChange}
      data={data}
      limit={40}
      selectFirstOptionOnChange
      error={value.trim() !== '' && hs6 === null && t('commodity.wrong')}
      description={hs6 === null ? undefined : commodity(hs6).name}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
