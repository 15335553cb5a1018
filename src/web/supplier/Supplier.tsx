import { Title } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';

export function Supplier() {
  const t = useT('supplier');
  return <Title order={1}>{t('title')}</Title>;
}
