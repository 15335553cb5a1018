import { Alert, Badge, Button, Card, Group, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { commodityOf } from '../../protocol/commodities.ts';
import { queries } from '../api.ts';
import { Contents } from '../components/Contents.tsx';
import { CountryName } from '../components/CountryName.tsx';
import { Day } from '../components/Day.tsx';
import { Failure } from '../components/Failure.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { readableTerm } from '../format.ts';
import { urls } from '../urls.ts';

/** What can no longer be acted on. */
const GONE: readonly LotSummary['status'][] = ['spent', 'void'];

export function LotsPage() {
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const cursor = cursors.at(-1) ?? null;
  const { data, error, isPending, refetch } = useQuery(queries.lots(cursor));
  if (error) return <Failure what="The lots could not be read" error={error} retry={refetch} />;
  if (isPending) return <Loader aria-label="Reading the lots" />;
  return (
    <Stack>
      <Title order={1}>Latest lots</Title>
      <Text c="dimmed">Choose one to see where its materials come from, and who says so.</Text>
      {data.items.length === 0 && (
        <Alert title="No lot yet">
          Register one at a mine: <code>npx lodebook register --help</code> says how.
        </Alert>
      )}
      <Stack component="ul" gap="sm" className="plain-list">
        {data.items.map((lot) => (
          <LotCard key={lot.id} lot={lot} />
        ))}
      </Stack>
      <Group justify="space-between">
        <Button
          variant="default"
          disabled={cursors.length === 1}
          onClick={() => setCursors(cursors.slice(0, -1))}
        >
          Newer
        </Button>
        <Button
          variant="default"
          disabled={data.next === null}
          onClick={() => setCursors([...cursors, data.next])}
        >
          Older
        </Button>
      </Group>
    </Stack>
  );
}

function LotCard({ lot }: { lot: LotSummary }) {
  const commodity = commodityOf(lot.commodity);
  return (
    <Card component="li" withBorder padding="md" className="lot-card">
      <Group justify="space-between" align="baseline" wrap="nowrap">
        <Link href={urls.lot(lot.id)} className="cover-link">
          {commodity.name}
        </Link>
        <Badge variant="light" color={GONE.includes(lot.status) ? 'gray' : 'lode'} style={{ flexShrink: 0 }}>
          {readableTerm(lot.status)}
        </Badge>
      </Group>
      <Text size="sm">
        <Mass milligrams={lot.milligrams} /> · {readableTerm(lot.process)} ·{' '}
        <CountryName country={lot.facility.country} /> · <Day time={lot.occurredAt} />
      </Text>
      <Text size="sm" c="dimmed">
        with <PartyName party={lot.custodian} />
      </Text>
      <Contents content={lot.content} />
    </Card>
  );
}
