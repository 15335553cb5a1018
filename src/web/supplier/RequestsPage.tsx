import { Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isAnswered } from '../components/answered.ts';
import { Failure } from '../components/Failure.tsx';
import { useT } from '../i18n/i18n.ts';
import { useClient } from '../session/client.ts';
import { LEDGER } from '../session/queries.ts';
import { SignInAgain } from '../session/SignInAgain.tsx';
import { RequestCard } from './RequestCard.tsx';

/** What others ask a party to show. */
export function RequestsPage() {
  const t = useT('supplier');
  const { client, reader } = useClient();
  const { data, error, refetch } = useQuery({
    queryKey: [LEDGER, reader, 'requests'],
    queryFn: () => client.requests({ box: 'received', limit: 100 }),
  });
  if (error && isAnswered(error) && error.status === 401)
    return (
      <Stack>
        <Title order={1}>{t('requests.title')}</Title>
        <SignInAgain />
      </Stack>
    );
  if (error) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('common:loading')} />;
  return (
    <Stack>
      <Title order={1}>{t('requests.title')}</Title>
      {data.items.length === 0 && <Text>{t('requests.none')}</Text>}
      <Stack component="ul" className="plain-list" gap="sm">
        {data.items.map((request) => (
          <RequestCard key={request.id} request={request} />
        ))}
      </Stack>
    </Stack>
  );
}
