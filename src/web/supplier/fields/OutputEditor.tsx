import {
  ActionIcon,
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { materials } from '../../../protocol/materials.ts';
import { Mass } from '../../components/Mass.tsx';
import { useMaterialName } from '../../components/names.ts';
import { SearchSelect } from '../../components/SearchSelect.tsx';
import { readableMass } from '../../format.ts';
import { useT } from '../../i18n/i18n.ts';
import { CommodityInput } from './CommodityInput.tsx';
import { MassInput } from './MassInput.tsx';
import { milligramsOf } from './mass.ts';
import { contentOf, excessOf, newContent, type TypedContent, type TypedOutput } from './output.ts';

type OutputEditorProps = {
  readonly legend: string;
  readonly value: TypedOutput;
  readonly onChange: (output: TypedOutput) => void;
  /** Whether material may be recycled: `fixed` where the process says so already. */
  readonly recycled: 'choose' | 'fixed';
  readonly isRecycled: boolean;
  readonly onRemove?: (() => void) | undefined;
};

/** One lot: what it is sold as, how much it weighs, and what an assay says is in it. */
export function OutputEditor(props: OutputEditorProps) {
  const t = useT('supplier');
  const { legend, value, onChange, recycled, isRecycled, onRemove } = props;
  const excess = excessOf(value);
  const setLine = (line: TypedContent) =>
    onChange({ ...value, content: value.content.map((old) => (old.key === line.key ? line : old)) });
  const remove = (line: TypedContent) =>
    onChange({ ...value, content: value.content.filter(({ key }) => key !== line.key) });
  return (
    <Fieldset legend={legend}>
      <Stack gap="sm">
        <Group align="flex-start">
          <CommodityInput
            value={value.commodity}
            onChange={(commodity) => onChange({ ...value, commodity })}
          />
          <MassInput
            label={t('mass.net')}
            required
            value={value.mass}
            onChange={(mass) => onChange({ ...value, mass })}
          />
        </Group>
        {value.content.map((line) => (
          <ContentLine
            key={line.key}
            line={line}
            net={milligramsOf(value.mass)}
            canChoose={recycled === 'choose'}
            onChange={setLine}
            onRemove={() => remove(line)}
          />
        ))}
        {excess > 0n && (
          <Text size="sm" c="var(--fails)" role="alert">
            {t('content.excess', { mass: readableMass(excess) })}
          </Text>
        )}
        <Group justify="space-between">
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => onChange({ ...value, content: [...value.content, newContent(isRecycled)] })}
          >
            {t('content.add')}
          </Button>
          {onRemove && (
            <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>
              {t('content.removeLot')}
            </Button>
          )}
        </Group>
      </Stack>
    </Fieldset>
  );
}

type LineProps = {
  readonly line: TypedContent;
  readonly net: bigint | null;
  readonly canChoose: boolean;
  readonly onChange: (line: TypedContent) => void;
  readonly onRemove: () => void;
};

function ContentLine({ line, net, canChoose, onChange, onRemove }: LineProps) {
  const t = useT('supplier');
  const nameOf = useMaterialName();
  const amount = contentOf(line, net);
  const data = materials.map(({ id, symbol }) => ({ value: String(id), label: `${nameOf(id)} (${symbol})` }));
  return (
    <Group align="flex-end" gap="xs" className="content-line">
      <SearchSelect
        className="grow"
        label={t('content.material')}
        clearable={false}
        nothingFoundMessage={t('content.noMaterial')}
        data={data}
        value={line.material === '' ? null : line.material}
        onChange={(material) => onChange({ ...line, material: material ?? '' })}
      />
      <NativeSelect
        label={t('content.by')}
        data={[
          { value: 'grade', label: t('content.grade') },
          { value: 'mass', label: t('content.mass') },
        ]}
        value={line.by}
        onChange={(event) => onChange({ ...line, by: event.currentTarget.value as TypedContent['by'] })}
      />
      {line.by === 'grade' ? (
        <TextInput
          label={t('content.percent')}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          w={110}
          value={line.grade}
          onChange={(event) => onChange({ ...line, grade: event.currentTarget.value })}
        />
      ) : (
        <MassInput
          label={t('content.dry')}
          value={line.mass}
          onChange={(mass) => onChange({ ...line, mass })}
        />
      )}
      {canChoose && (
        <Checkbox
          mb={8}
          label={t('common:recycled')}
          checked={line.recycled}
          onChange={(event) => onChange({ ...line, recycled: event.currentTarget.checked })}
        />
      )}
      <Text size="sm" mb={8} className="nowrap" aria-live="polite">
        {amount !== null && (
          <>
            = <Mass milligrams={amount} />
          </>
        )}
      </Text>
      <ActionIcon variant="subtle" color="gray" mb={4} aria-label={t('content.remove')} onClick={onRemove}>
        ×
      </ActionIcon>
    </Group>
  );
}
