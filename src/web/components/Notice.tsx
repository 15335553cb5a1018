import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Mark, type Sign } from './Mark.tsx';

const SIGNS = { meets: 'check', fails: 'cross', unknown: 'question' } as const satisfies Record<string, Sign>;

type Props = {
  readonly tone: keyof typeof SIGNS;
  readonly title?: string;
  readonly children: ReactNode;
};

/** What came of something, by sign, words and colour. A failure is an alert, so that nobody overhears it. */
export function Notice({ tone, title, children }: Props) {
  return (
    <Paper withBorder p="md" className={`notice ${tone}`} role={tone === 'meets' ? 'status' : 'alert'}>
      <Mark sign={SIGNS[tone]} />
      <div>
        {title !== undefined && <Text fw={700}>{title}</Text>}
        {children}
      </div>
    </Paper>
  );
}
