import { Table, Text } from '@mantine/core';
import { Mark } from '../components/Mark.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { ScrolledTable } from '../components/ScrolledTable.tsx';
import { readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { BalanceLine } from './balance.ts';

/** What goes in against what comes out, as it is typed. */
export function Balance({ lines }: { lines: readonly BalanceLine[] }) {
  const t = useT('supplier');
  const nameOf = useMaterialName();
  if (lines.length === 0) return <Text c="dimmed">{t('balance.none')}</Text>;
  return (
    <ScrolledTable minWidth={320} aria-label={t('balance.title')}>
      <Table captionSide="top">
        <Table.Caption>{t('balance.title')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('content.material')}</Table.Th>
            <Table.Th ta="right">{t('balance.in')}</Table.Th>
            <Table.Th ta="right">{t('balance.out')}</Table.Th>
            <Table.Th ta="right">{t('balance.loss')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody aria-live="polite">
          {lines.map((line) => (
            <Table.Tr key={line.key}>
              <Table.Td>
                {nameOf(line.material)} {line.recycled && `(${t('common:recycled')})`}
              </Table.Td>
              <Table.Td ta="right">
                <Mass milligrams={line.input} />
              </Table.Td>
              <Table.Td ta="right">
                <Mass milligrams={line.output} />
              </Table.Td>
              <Table.Td ta="right">
                <Loss line={line} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrolledTable>
  );
}

function Loss({ line: { input, loss } }: { line: BalanceLine }) {
  const t = useT('supplier');
  if (loss < 0n)
    return (
      <span className="answer fails" style={{ justifyContent: 'flex-end' }}>
        <Mark sign="cross" /> {t('balance.tooMuch')} <Mass milligrams={-loss} />
      </span>
    );
  return (
    <>
      <Mass milligrams={loss} /> {input > 0n && `(${readableShare(Number((loss * 1_000_000n) / input))})`}
    </>
  );
}
