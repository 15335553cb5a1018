import { Alert, Button, FileInput, Group, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FacilitySummary } from '../../../api/schemas/parties.ts';
import { type OriginProcess, originProcesses } from '../../../protocol/codes.ts';
import { ZERO_BYTES32 } from '../../../protocol/hex.ts';
import { saveFile } from '../../components/save-file.ts';
import { useT } from '../../i18n/i18n.ts';
import { useFacilities } from '../../session/queries.ts';
import { SiteSelect } from '../fields/SiteSelect.tsx';
import { useMe } from '../me.ts';
import { Preview } from './Preview.tsx';
import { templateFile } from './result.ts';
import { readRows } from './rows.ts';

/** Many lots at once, from a spreadsheet: all of them, or none. */
export function ImportPage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { data: sites } = useQuery(useFacilities(me.party));
  return (
    <Stack>
      <Title order={1}>{t('import.title')}</Title>
      <Text>{t('import.lead')}</Text>
      <Group>
        <Button variant="light" onClick={() => saveFile('lodebook-lots.csv', templateFile())}>
          {t('import.template')}
        </Button>
      </Group>
      {!sites && <Loader aria-label={t('common:loading')} />}
      {sites?.length === 0 && <Alert>{t('sites.none')}</Alert>}
      {sites && sites.length > 0 && <ImportForm sites={sites} />}
    </Stack>
  );
}

function ImportForm({ sites }: { sites: readonly FacilitySummary[] }) {
  const t = useT('supplier');
  const [site, setSite] = useState(sites[0]?.id ?? ZERO_BYTES32);
  const [process, setProcess] = useState<OriginProcess>('declare');
  const [file, setFile] = useState<File | null>(null);
  const reading = useMutation({
    networkMode: 'always',
    // The readers of files are large, and few need them.
    mutationFn: async (chosen: File) => (await import('./read-file.ts')).tableIn(chosen),
  });
  const choose = (chosen: File | null) => {
    setFile(chosen);
    if (chosen) reading.mutate(chosen);
    else reading.reset();
  };
  const read = reading.data && readRows(reading.data, process === 'collect');
  return (
    <>
      <Group grow align="flex-start">
        <SiteSelect label={t('register.site')} sites={sites} value={site} onChange={setSite} />
        <NativeSelect
          label={t('register.process')}
          value={process}
          onChange={(event) => setProcess(event.currentTarget.value as OriginProcess)}
          data={originProcesses.map((value) => ({ value, label: t(`register.${value}`) }))}
        />
      </Group>
      <FileInput
        label={t('import.file')}
        description={t('import.fileHint')}
        accept=".csv,.xlsx,text/csv"
        value={file}
        onChange={choose}
      />
      {reading.error && (
        <Alert color="red" role="alert" title={t('import.unreadable')}>
          {reading.error.message}
        </Alert>
      )}
      {read && <Preview key={file?.name} read={read} site={site} process={process} />}
    </>
  );
}
