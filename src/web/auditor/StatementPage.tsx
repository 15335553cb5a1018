import { Code, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { Day } from '../components/Day.tsx';
import { useT } from '../i18n/i18n.ts';
import { LotLink, StatementLink } from './Links.tsx';
import { statementOf } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';

/** One statement, as its author signed it. */
export function StatementPage() {
  const t = useT('auditor');
  const { id = '' } = useParams();
  const found = useQuery(statementOf(id));
  return (
    <Stack>
      <Title order={1}>{t('statement.title')}</Title>
      <Reading of={found}>
        {({ type, author, signer, status, recordedAt, block, lots, correctedBy, message }) => (
          <>
            <Text>
              {t(`terms:statement.${type}`)} · {t(`terms:state.${status}`)} ·{' '}
              {recordedAt !== null && <Day time={recordedAt} />} · {t('statement.block')} {block}
            </Text>
            <Text className="short-id whole-id">{id}</Text>
            <Text>
              {t('statement.author')} <Code>{author}</Code>
              {signer !== author && (
                <>
                  {' '}
                  · {t('statement.signer')} <Code>{signer}</Code>
                </>
              )}
            </Text>
            {correctedBy && (
              <Text>
                {t('statement.corrected')} <StatementLink id={correctedBy} />
              </Text>
            )}
            {lots.length > 0 && (
              <Text>
                {t('statement.lots')}{' '}
                {lots.map((lot) => (
                  <span key={lot}>
                    <LotLink id={lot} />{' '}
                  </span>
                ))}
              </Text>
            )}
            <DataTable
              caption={t('statement.signed')}
              columns={[t('statement.field'), t('statement.value')]}
              rows={Object.entries(message).map(([name, value]) => ({
                key: name,
                cells: [
                  name,
                  <Code key={name}>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</Code>,
                ],
              }))}
            />
          </>
        )}
      </Reading>
    </Stack>
  );
}
