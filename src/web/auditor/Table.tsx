import { Table, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { ScrolledTable } from '../components/ScrolledTable.tsx';

/** A table under words that say what it is of, which stay in sight; wide ones scroll by themselves, by keyboard too. */
export function DataTable({
  caption,
  columns,
  rows,
  none,
}: {
  caption: string;
  columns: readonly string[];
  rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  /** What is said in place of a table without rows. */
  readonly none?: string;
}) {
  const id = useId();
  if (rows.length === 0 && none !== undefined) return <Text>{none}</Text>;
  return (
    <>
      <Text size="sm" c="dimmed" id={id}>
        {caption}
      </Text>
      <ScrolledTable minWidth={560} aria-labelledby={id}>
        <Table striped verticalSpacing="xs" aria-labelledby={id}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column} scope="col">
                  {column}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, cells }) => (
              <Table.Tr key={key}>
                {cells.map((cell, place) => (
                  <Table.Td key={columns[place]}>{cell}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrolledTable>
    </>
  );
}
