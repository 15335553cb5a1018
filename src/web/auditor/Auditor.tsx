import { Stack, Text, Title } from '@mantine/core';
import { FindLot } from '../components/FindLot.tsx';
import { useT } from '../i18n/i18n.ts';

/** From a lot to its history. */
export function Auditor() {
  const t = useT('auditor');
  return (
    <Stack>
      <Title order={1}>{t('title')}</Title>
      <Text>{t('lead')}</Text>
      <FindLot />
    </Stack>
  );
}
