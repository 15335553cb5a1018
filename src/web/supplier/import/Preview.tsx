import { Alert, Button, Progress, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { OriginProcess } from '../../../protocol/codes.ts';
import type { Hex } from '../../../protocol/hex.ts';
import { Mass } from '../../components/Mass.tsx';
import { useCommodity, useMaterialName } from '../../components/names.ts';
import { ScrolledTable } from '../../components/ScrolledTable.tsx';
import { saveFile } from '../../components/save-file.ts';
import { readableMass } from '../../format.ts';
import { useT } from '../../i18n/i18n.ts';
import { useGround } from '../../session/ground.ts';
import { useStore } from '../../session/store.ts';
import { askToSignAll } from '../../signing/ask.ts';
import { outbox } from '../../signing/outbox.ts';
import { useMe } from '../me.ts';
import { draftsOf } from './drafts.ts';
import { MOST_ROWS } from './limits.ts';
import { resultFile, type SignedRows } from './result.ts';
import type { CellError, LotRow, readRows } from './rows.ts';

type PreviewProps = {
  readonly read: ReturnType<typeof readRows>;
  readonly site: Hex;
  readonly process: OriginProcess;
};

/** What a file holds: what is wrong with it, by row and column; or, where nothing is, the lots, to be signed together. */
export function Preview({ read: { lots, errors, missing }, site, process }: PreviewProps) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [signed, setSigned] = useState<readonly SignedRows[]>([]);
  const signing = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      if (!ground) return;
      const now = ground.now();
      const made = { custodian: me.party, facility: site, process, occurredAt: now };
      const parts = draftsOf(lots, { ...made, recordBy: now + ground.recordBySeconds });
      const all = await askToSignAll(parts.map(({ draft }) => draft));
      setSigned((all ?? []).map((queued, index) => ({ queued, rows: parts[index]?.rows ?? [] })));
    },
  });
  if (missing.length > 0)
    return <Alert color="red">{t('import.missing', { columns: missing.join(', ') })}</Alert>;
  if (errors.length > 0) return <Errors errors={errors} />;
  if (lots.length === 0) return <Alert color="yellow">{t('import.empty')}</Alert>;
  if (lots.length > MOST_ROWS) return <Alert color="red">{t('import.tooMany', { most: MOST_ROWS })}</Alert>;
  if (signed.length > 0) return <Outcome signed={signed} />;
  return (
    <Stack>
      <Text fw={600}>{t('import.found', { count: lots.length })}</Text>
      <Lots lots={lots.slice(0, SHOWN)} />
      {lots.length > SHOWN && <Text size="sm">{t('import.more', { count: lots.length - SHOWN })}</Text>}
      {signing.error && <Alert color="red">{signing.error.message}</Alert>}
      <Button loading={signing.isPending} onClick={() => signing.mutate()}>
        {t('review')}
      </Button>
    </Stack>
  );
}

/** The first rows show whether the file was understood. */
const SHOWN = 20;

function Lots({ lots }: { lots: readonly LotRow[] }) {
  const t = useT('supplier');
  const commodity = useCommodity();
  const nameOf = useMaterialName();
  return (
    <ScrolledTable minWidth={420} aria-label={t('import.title')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.row')}</Table.Th>
            <Table.Th>{t('commodity.label')}</Table.Th>
            <Table.Th ta="right">{t('mass.net')}</Table.Th>
            <Table.Th>{t('import.content')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lots.map(({ row, output }) => (
            <Table.Tr key={row}>
              <Table.Td>{row}</Table.Td>
              <Table.Td>{commodity(output.commodity).name}</Table.Td>
              <Table.Td ta="right">
                <Mass milligrams={output.milligrams} />
              </Table.Td>
              <Table.Td>
                {output.content
                  .map(({ material, milligrams }) => `${nameOf(material)} ${readableMass(milligrams)}`)
                  .join(', ')}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrolledTable>
  );
}

function Errors({ errors }: { errors: readonly CellError[] }) {
  const t = useT('supplier');
  return (
    <Stack>
      <Alert color="red" role="alert" title={t('import.wrong', { count: errors.length })}>
        {t('import.nothing')}
      </Alert>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.row')}</Table.Th>
            <Table.Th>{t('import.column')}</Table.Th>
            <Table.Th>{t('import.problem')}</Table.Th>
            <Table.Th>{t('import.stands')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {errors.slice(0, 200).map(({ row, column, what, found }) => (
            <Table.Tr key={`${row}${column}${found}`}>
              <Table.Td>{row}</Table.Td>
              <Table.Td>{column}</Table.Td>
              <Table.Td>{t(`import.error.${what}`)}</Table.Td>
              <Table.Td className="whole-id">{found}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

/** How far the statements of a file have come, and the file that says what each row has become. */
function Outcome({ signed }: { signed: readonly SignedRows[] }) {
  const t = useT('supplier');
  const states = new Map(useStore(outbox).map(({ id, state }) => [id as string, state]));
  const stateOf = (id: string) => states.get(id) ?? 'final';
  const done = signed.filter(({ queued }) => ['recorded', 'final'].includes(stateOf(queued.id))).length;
  const refused = signed.filter(({ queued }) => stateOf(queued.id) === 'rejected').length;
  return (
    <Stack>
      <Text aria-live="polite">{t('import.progress', { done, count: signed.length })}</Text>
      <Progress value={(done * 100) / signed.length} aria-label={t('import.title')} />
      {refused > 0 && <Alert color="red">{t('import.refused', { count: refused })}</Alert>}
      <Button variant="light" onClick={() => saveFile('lodebook-result.csv', resultFile(signed, stateOf))}>
        {t('import.result')}
      </Button>
    </Stack>
  );
}
