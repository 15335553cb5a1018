import { Group, NativeSelect, TextInput } from '@mantine/core';
import { exactMass } from '../../format.ts';
import { useT } from '../../i18n/i18n.ts';
import { type MassUnit, massUnits, milligramsOf, type TypedMass } from './mass.ts';

type MassInputProps = {
  readonly label: string;
  readonly value: TypedMass;
  readonly onChange: (mass: TypedMass) => void;
  readonly required?: boolean;
};

/** A number and its unit; what it comes to in milligrams stands below. */
export function MassInput({ label, value, onChange, required = false }: MassInputProps) {
  const t = useT('supplier');
  const milligrams = milligramsOf(value);
  const isTyped = value.number.trim() !== '';
  return (
    <Group gap={4} align="flex-start" wrap="nowrap" className="grow">
      <TextInput
        className="grow"
        label={label}
        required={required}
        inputMode="decimal"
        autoComplete="off"
        value={value.number}
        maxLength={30}
        description={milligrams === null ? undefined : exactMass(milligrams)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={isTyped && milligrams === null && t('mass.wrong')}
        onChange={(event) => onChange({ ...value, number: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('mass.unit')}
        data={[...massUnits]}
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.currentTarget.value as MassUnit })}
      />
    </Group>
  );
}
