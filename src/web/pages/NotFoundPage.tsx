import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { useT } from '../i18n/i18n.ts';
import { urls } from '../urls.ts';

export function NotFoundPage() {
  const t = useT('common');
  return (
    <>
      <Title order={1}>{t('notFound.title')}</Title>
      <Text mt="sm">
        {t('notFound.text')}{' '}
        <Anchor component={Link} href={`~${urls.lots}`}>
          {t('notFound.latest')}
        </Anchor>
      </Text>
    </>
  );
}
