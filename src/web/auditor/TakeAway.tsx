import { Button, Group } from '@mantine/core';
import { saveFile } from '../components/save-file.ts';
import { useT } from '../i18n/i18n.ts';
import { cellsOf, csvOf, type Paper } from './papers.ts';

/** A table as a working paper. */
export function TakeAway({ paper }: { paper: Omit<Paper, 'at'> }) {
  const t = useT('auditor');
  const now = () => ({ ...paper, at: Math.floor(Date.now() / 1000) });
  const csv = () =>
    saveFile(nameOf(paper, 'csv'), new Blob([csvOf(now())], { type: 'text/csv;charset=utf-8' }));
  const xlsx = async () => {
    const { default: writeXlsxFile } = await import('write-excel-file/browser');
    const cells = cellsOf(now()).map((row) => row.map((value) => ({ value, type: String })));
    await writeXlsxFile(cells).toFile(nameOf(paper, 'xlsx'));
  };
  return (
    <Group gap="xs" className="no-print">
      <Button size="xs" variant="default" onClick={csv}>
        {t('paper.csv')}
      </Button>
      <Button size="xs" variant="default" onClick={() => void xlsx()}>
        {t('paper.xlsx')}
      </Button>
    </Group>
  );
}

function nameOf({ title }: Pick<Paper, 'title'>, ending: string): string {
  const plain = title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `lodebook-${plain}.${ending}`;
}
