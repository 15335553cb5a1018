import { Loader } from '@mantine/core';
import { type ComponentType, lazy, Suspense } from 'react';
import { loadParts, useT } from './i18n/i18n.ts';
import type { Part } from './i18n/parts.ts';

/** A part of the app that comes with its messages when it is first opened. */
export function workspace(part: Part, load: () => Promise<ComponentType>): ComponentType {
  const Loaded = lazy(async () => {
    const [component] = await Promise.all([load(), loadParts([part])]);
    return { default: component };
  });
  return function Workspace() {
    const t = useT('common');
    return (
      <Suspense fallback={<Loader aria-label={t('loading')} />}>
        <Loaded />
      </Suspense>
    );
  };
}
