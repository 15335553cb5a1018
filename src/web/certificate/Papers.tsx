import { Table, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JsonValue } from '../../protocol/evidence.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { queries } from '../api.ts';
import { useT } from '../i18n/i18n.ts';

/** What the lot's maker shows of it: serial, model, assay. Shown only where something is. */
export function Papers({ lot }: { lot: string }) {
  const t = useT('certificate');
  const { data: detail } = useQuery(queries.lot(lot));
  const root = detail?.evidence ?? ZERO_BYTES32;
  const { data: document } = useQuery({ ...queries.evidence(root), enabled: root !== ZERO_BYTES32 });
  const shown = document?.fields.filter((field) => 'path' in field) ?? [];
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="papers">
      <Title order={2} size="h3" id="papers" mb="sm">
        {t('papers.title')}
      </Title>
      <Table variant="vertical">
        <Table.Tbody>
          {shown.map(({ path, value }) => (
            <Table.Tr key={path}>
              <Table.Th>
                {path in LABELS ? t(`papers.${LABELS[path as keyof typeof LABELS]}`) : path}
              </Table.Th>
              <Table.Td className="whole-id">{textOf(value)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

const LABELS = {
  gtin: 'gtin',
  serial: 'serial',
  batch: 'batch',
  model: 'model',
  moisture: 'moisture',
  'assay.method': 'assayMethod',
  'assay.uncertainty': 'assayUncertainty',
} as const;

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
