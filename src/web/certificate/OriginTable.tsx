import { Table } from '@mantine/core';
import type { CertificateOrigin } from '../../verification/certificate.ts';
import { Mass } from '../components/Mass.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';

/** The sites that one material comes from, and how it came onto the ledger there. */
export function OriginTable(props: { origins: readonly CertificateOrigin[]; caption: string }) {
  const t = useT('certificate');
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table captionSide="top">
        <Table.Caption className="visually-hidden">{props.caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('origins.site')}</Table.Th>
            <Table.Th>{t('origins.how')}</Table.Th>
            <Table.Th ta="right">{t('origins.mass')}</Table.Th>
            <Table.Th ta="right">{t('origins.share')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.origins.map((origin) => (
            <Table.Tr key={`${origin.site.facility}${origin.process}${origin.recycled}`}>
              <Table.Td>
                <SiteName site={origin.site} />
              </Table.Td>
              <Table.Td>{t(`origins.${origin.kind}`)}</Table.Td>
              <Table.Td ta="right">
                <Mass milligrams={origin.milligrams} />
              </Table.Td>
              <Table.Td ta="right">{readableShare(origin.sharePpm)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
