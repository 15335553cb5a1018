import { TextInput } from '@mantine/core';
import { useT } from '../../i18n/i18n.ts';
import { whenOf } from './when.ts';

type WhenInputProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
};

/** A moment, UTC: a place's own time differs, and the ledger's does not. Empty: now. */
export function WhenInput({ label, value, onChange }: WhenInputProps) {
  const t = useT('supplier');
  return (
    <TextInput
      type="datetime-local"
      label={label}
      description={t('when.hint')}
      value={value}
      error={value !== '' && whenOf(value) === null && t('when.wrong')}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
