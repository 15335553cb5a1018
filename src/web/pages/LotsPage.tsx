import { Alert, Anchor, Button, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { queries } from '../api.ts';
import { Failure } from '../components/Failure.tsx';
import { LotCard } from '../components/LotCard.tsx';
import { useT } from '../i18n/i18n.ts';
import { urls } from '../urls.ts';

export function LotsPage() {
  const t = useT('common');
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const { data, error, isPending, refetch } = useQuery(queries.lots(cursors.at(-1) ?? null));
  if (error) return <Failure what={t('lotList.failed')} error={error} retry={refetch} />;
  if (isPending) return <Loader aria-label={t('lotList.reading')} />;
  const { items, next } = data;
  return (
    <Stack>
      <Title order={1}>{t('lotList.title')}</Title>
      {items.length === 0 ? <NoLot /> : <Text c="dimmed">{t('lotList.lead')}</Text>}
      <Stack component="ul" gap="sm" className="plain-list">
        {items.map((lot) => (
          <LotCard
            key={lot.id}
            lot={lot}
            link={(name) => (
              <a href={urls.lot(lot.id)} className="cover-link">
                {name}
              </a>
            )}
          />
        ))}
      </Stack>
      <Group justify="space-between">
        <Button
          variant="default"
          disabled={cursors.length === 1}
          onClick={() => setCursors(cursors.slice(0, -1))}
        >
          {t('newer')}
        </Button>
        <Button variant="default" disabled={next === null} onClick={() => setCursors([...cursors, next])}>
          {t('older')}
        </Button>
      </Group>
    </Stack>
  );
}

function NoLot() {
  const t = useT('common');
  return (
    <Alert title={t('lotList.none')}>
      <p>{t('lotList.noneText')}</p>
      <Anchor component={Link} href={`${urls.supplier}/register`}>
        {t('lotList.noneAction')}
      </Anchor>
    </Alert>
  );
}
