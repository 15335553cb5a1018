import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

type Name = { readonly 'aria-label': string } | { readonly 'aria-labelledby': string };
type Props = Name & { readonly minWidth: number; readonly children: ReactNode };

/** A table of the workspaces that scrolls sideways where it has no room, by keyboard too. */
export function ScrolledTable({ children, ...named }: Props) {
  return (
    <Table.ScrollContainer type="native" tabIndex={0} role="region" {...named}>
      {children}
    </Table.ScrollContainer>
  );
}
