import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useT } from '../i18n/i18n.ts';

/** Which page of a list is open; another `of` starts at the first. */
export function usePages(of: string) {
  const [state, setState] = useState<{ of: string; cursors: readonly string[] }>({ of, cursors: [] });
  const cursors = state.of === of ? state.cursors : [];
  return {
    cursor: cursors.at(-1),
    isFirst: cursors.length === 0,
    open: (next: string) => setState({ of, cursors: [...cursors, next] }),
    back: () => setState({ of, cursors: cursors.slice(0, -1) }),
  };
}

/** The way to the pages before and after. */
export function PageButtons({ pages, next }: { pages: ReturnType<typeof usePages>; next: string | null }) {
  const t = useT('common');
  if (pages.isFirst && next === null) return null;
  return (
    <Group justify="space-between" className="no-print">
      <Button variant="default" disabled={pages.isFirst} onClick={pages.back}>
        {t('newer')}
      </Button>
      <Button variant="default" disabled={next === null} onClick={() => next !== null && pages.open(next)}>
        {t('older')}
      </Button>
    </Group>
  );
}
