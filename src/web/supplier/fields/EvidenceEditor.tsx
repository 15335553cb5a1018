import {
  ActionIcon,
  Autocomplete,
  Button,
  FileButton,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { shortId } from '../../format.ts';
import { useT } from '../../i18n/i18n.ts';
import { useParties } from '../../session/queries.ts';
import { knownPaths, newField, nextDocument, sha256Of, type TypedField, twice } from './evidence.ts';

type EvidenceEditorProps = {
  readonly title: string;
  readonly fields: readonly TypedField[];
  readonly onChange: (fields: readonly TypedField[]) => void;
};

/** Evidence, field by field, each with who may see it. Files stay here: their SHA-256 goes along. */
export function EvidenceEditor({ title, fields, onChange }: EvidenceEditorProps) {
  const t = useT('supplier');
  const double = twice(fields);
  const attach = async (files: readonly File[]) => {
    let all = fields;
    for (const file of files) {
      const place = `documents[${nextDocument(all)}]`;
      all = [...all, newField(`${place}.name`, file.name), newField(`${place}.sha256`, await sha256Of(file))];
    }
    onChange(all);
  };
  return (
    <details>
      <summary>{fields.length === 0 ? title : t('evidence.count', { title, count: fields.length })}</summary>
      <Stack gap="xs" mt="xs">
        <Text size="sm" c="dimmed">
          {t('evidence.lead')}
        </Text>
        {fields.map((field) => (
          <FieldLine
            key={field.key}
            field={field}
            onChange={(next) => onChange(fields.map((old) => (old.key === next.key ? next : old)))}
            onRemove={() => onChange(fields.filter(({ key }) => key !== field.key))}
          />
        ))}
        {double !== undefined && (
          <Text size="sm" c="var(--fails)" role="alert">
            {t('evidence.twice', { path: double })}
          </Text>
        )}
        <Group gap="xs">
          <Button size="compact-sm" variant="light" onClick={() => onChange([...fields, newField()])}>
            {t('evidence.add')}
          </Button>
          <FileButton multiple accept="image/*,application/pdf" onChange={(files) => void attach(files)}>
            {(props) => (
              <Button {...props} size="compact-sm" variant="light">
                {t('evidence.attach')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </details>
  );
}

type LineProps = {
  readonly field: TypedField;
  readonly onChange: (field: TypedField) => void;
  readonly onRemove: () => void;
};

function FieldLine({ field, onChange, onRemove }: LineProps) {
  const t = useT('supplier');
  const { data: parties = [] } = useQuery(useParties());
  return (
    <Group gap="xs" align="flex-end" className="content-line">
      <Autocomplete
        className="grow"
        label={t('evidence.path')}
        data={[...knownPaths]}
        maxLength={200}
        value={field.path}
        onChange={(path) => onChange({ ...field, path })}
      />
      <TextInput
        className="grow"
        label={t('evidence.value')}
        maxLength={2_000}
        value={field.value}
        onChange={(event) => onChange({ ...field, value: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('evidence.audience')}
        value={field.audience}
        onChange={(event) => onChange({ ...field, audience: event.currentTarget.value })}
        data={[
          { value: 'public', label: t('evidence.public') },
          { value: 'hidden', label: t('evidence.hidden') },
          ...parties.map(({ id, name }) => ({
            value: id,
            label: t('evidence.only', { name: name ?? shortId(id) }),
          })),
        ]}
      />
      <ActionIcon variant="subtle" color="gray" mb={4} aria-label={t('evidence.remove')} onClick={onRemove}>
        ×
      </ActionIcon>
    </Group>
  );
}
