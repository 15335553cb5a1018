import { Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useT } from '../i18n/i18n.ts';
import { useFacilities } from '../session/queries.ts';
import { useMe } from './me.ts';
import { SendForm } from './SendForm.tsx';
import { useHeldLots } from './useHeldLots.ts';

/** Lots that go to somebody else, from one site to another. */
export function SendPage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { data: sites } = useQuery(useFacilities(me.party));
  const lots = useHeldLots(me.party);
  return (
    <Stack>
      <Title order={1}>{t('send.title')}</Title>
      <Text>{t('send.lead')}</Text>
      {lots?.length === 0 && <Text>{t('none.held')}</Text>}
      {(!sites || !lots) && <Loader aria-label={t('common:loading')} />}
      {sites && lots && lots.length > 0 && <SendForm sites={sites} lots={lots} />}
    </Stack>
  );
}
