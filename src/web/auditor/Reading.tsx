import { Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from '../components/Failure.tsx';
import { useT } from '../i18n/i18n.ts';

/** What is there once it is read; until then that it is being read, or why it could not be. */
export function Reading<T>({ of, children }: { of: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const t = useT('auditor');
  if (of.error) return <Failure what={t('failed')} error={of.error} retry={of.refetch} />;
  if (of.data === undefined) return <Loader aria-label={t('common:loading')} />;
  return children(of.data);
}
