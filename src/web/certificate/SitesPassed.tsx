import { Table, Text } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';

type SitePassed = Certificate['sites'][number];

/** Of a history that is too long to be told step by step: every site that the material passed, and what of it. */
export function SitesPassed({ sites }: { sites: readonly SitePassed[] }) {
  const t = useT('certificate');
  return (
    <>
      <Text mb="xs">{t('passed.lead')}</Text>
      <Table.ScrollContainer minWidth={560}>
        <Table captionSide="top">
          <Table.Caption>{t('passed.caption', { count: sites.length })}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('passed.site')}</Table.Th>
              <Table.Th>{t('passed.holders')}</Table.Th>
              <Table.Th>{t('passed.done')}</Table.Th>
              <Table.Th>{t('passed.times')}</Table.Th>
              <Table.Th>{t('passed.carried')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sites.map((passed) => (
              <SiteRow key={passed.site.facility} passed={passed} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

function SiteRow({ passed: { site, parties, processes, carried, firstAt, lastAt } }: { passed: SitePassed }) {
  const t = useT('certificate');
  const nameOf = useMaterialName();
  return (
    <Table.Tr>
      <Table.Td>
        <SiteName site={site} />
      </Table.Td>
      <Table.Td>
        {parties.map(({ party, legalName }, index) => (
          <span key={party}>
            {index > 0 && ', '}
            <PartyName party={{ id: party, name: legalName }} />
          </span>
        ))}
      </Table.Td>
      <Table.Td>{processes.map((process) => t(`terms:process.${process}`)).join(', ')}</Table.Td>
      <Table.Td>
        <Day time={firstAt} /> – <Day time={lastAt} />
      </Table.Td>
      <Table.Td>
        {carried.map(({ material, milligrams }) => (
          <div key={material.id}>
            {nameOf(material.id)} <Mass milligrams={milligrams} />
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
