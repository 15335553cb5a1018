import { Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LotSummary } from '../../api/schemas/lots.ts';
import type { Hex } from '../../protocol/hex.ts';
import { Failure } from '../components/Failure.tsx';
import { useT } from '../i18n/i18n.ts';
import { useClient } from '../session/client.ts';
import { LEDGER } from '../session/queries.ts';
import { Delivery } from './Delivery.tsx';
import { useMe } from './me.ts';

/** What is on its way to a party, delivery by delivery, to be received or refused lot by lot. */
export function ReceivePage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { client, reader } = useClient();
  const { data, error, refetch } = useQuery({
    queryKey: [LEDGER, reader, 'incoming', me.party],
    queryFn: async () => (await client.lots({ consignee: me.party, limit: 200 })).items,
  });
  if (error) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('common:loading')} />;
  return (
    <Stack>
      <Title order={1}>{t('receive.title')}</Title>
      {data.length === 0 && <Text>{t('none.incoming')}</Text>}
      {[...deliveries(data)].map(([dispatch, lots]) => (
        <Delivery key={dispatch} dispatch={dispatch} lots={lots} />
      ))}
    </Stack>
  );
}

/** The head of a lot in transit is its dispatch. */
function deliveries(lots: readonly LotSummary[]): Map<Hex, LotSummary[]> {
  return Map.groupBy(lots, ({ head }) => head);
}
