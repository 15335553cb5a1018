import { Table, Text } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableTerm } from '../format.ts';

type SitePassed = Certificate['sites'][number];

/** Of a history that is too long to be told step by step: every site that the material passed, and what of it. */
export function SitesPassed({ sites }: { sites: readonly SitePassed[] }) {
  return (
    <>
      <Text mb="xs">
        The history is long, and so told by site: everything that happened to the material at each, between
        two days.
      </Text>
      <Table.ScrollContainer minWidth={560}>
        <Table captionSide="top">
          <Table.Caption>
            The {sites.length} sites that the material passed, the first one first
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Site</Table.Th>
              <Table.Th>Held there by</Table.Th>
              <Table.Th>What was done</Table.Th>
              <Table.Th>From, until</Table.Th>
              <Table.Th>Of this lot</Table.Th>
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
      <Table.Td>{processes.map(readableTerm).join(', ')}</Table.Td>
      <Table.Td>
        <Day time={firstAt} /> – <Day time={lastAt} />
      </Table.Td>
      <Table.Td>
        {carried.map(({ material, milligrams }) => (
          <div key={material.id}>
            {material.name} <Mass milligrams={milligrams} />
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
