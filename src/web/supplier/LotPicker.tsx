import { Checkbox, Stack, Text } from '@mantine/core';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { useCommodity } from '../components/names.ts';
import { exactMass, readableMass } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useStore } from '../session/store.ts';
import { selection, toggle } from './selection.ts';

type LotPickerProps = { readonly label: string; readonly lots: readonly LotSummary[] };

/** The lots of one site, to tick. What was ticked elsewhere is ticked here. */
export function LotPicker({ label, lots }: LotPickerProps) {
  const t = useT('supplier');
  const commodity = useCommodity();
  const ticked = useStore(selection);
  if (lots.length === 0) return <Text>{t('none.here')}</Text>;
  return (
    <Checkbox.Group label={label} value={[...ticked]}>
      <Stack gap={6} mt={6} className="scrolled">
        {lots.map((lot) => (
          <Checkbox
            key={lot.id}
            value={lot.id}
            label={`${commodity(lot.commodity).name}, ${readableMass(lot.milligrams)}, ${lot.id.slice(0, 10)}…`}
            description={exactMass(lot.milligrams)}
            onChange={() => toggle(lot.id)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
