import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useMaterialName } from '../components/names.ts';
import { readableMass } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { BalanceLine } from './balance.ts';
import { type LossKind, type LossNames, lossKinds } from './losses.ts';

type LossesProps = {
  readonly lines: readonly BalanceLine[];
  readonly names: LossNames;
  readonly onChange: (names: LossNames) => void;
};

/** Where each loss went, in a word. */
export function Losses({ lines, names, onChange }: LossesProps) {
  const t = useT('supplier');
  const nameOf = useMaterialName();
  const lost = lines.filter(({ loss, output }) => loss > 0n && output > 0n);
  if (lost.length === 0) return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {lost.map(({ key, material, loss }) => (
        <NativeSelect
          key={key}
          label={t('losses.where', { material: nameOf(material), mass: readableMass(loss) })}
          value={names[key] ?? 'other'}
          onChange={(event) => onChange({ ...names, [key]: event.currentTarget.value as LossKind })}
          data={lossKinds.map((kind) => ({ value: kind, label: t(`losses.${kind}`) }))}
        />
      ))}
    </SimpleGrid>
  );
}
