import { Card, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { Certificate, CertificateOrigin } from '../../verification/certificate.ts';
import { CountryName } from '../components/CountryName.tsx';
import { Mass } from '../components/Mass.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableShare, readableTerm } from '../format.ts';

type MaterialTotals = Certificate['materials'][number];
type Custody = NonNullable<MaterialTotals['custody']>;
type CountryShare = Certificate['byCountry'][number];

/** Where each material comes from: a bar by country to look at, a table by site to read. */
export function OriginShares({ certificate }: { certificate: Certificate }) {
  return (
    <section aria-labelledby="origins">
      <Title order={2} size="h3" id="origins" mb="sm">
        Where it comes from
      </Title>
      {certificate.materials.length === 0 && <Text>The lot contains no tracked material.</Text>}
      <Stack>
        {certificate.materials.map((totals) => (
          <MaterialOrigins
            key={totals.material.id}
            totals={totals}
            countries={certificate.byCountry.filter(({ material }) => material.id === totals.material.id)}
            origins={certificate.origins.filter(({ material }) => material.id === totals.material.id)}
          />
        ))}
      </Stack>
    </section>
  );
}

function MaterialOrigins(props: {
  totals: MaterialTotals;
  countries: readonly CountryShare[];
  origins: readonly CertificateOrigin[];
}) {
  const { totals, countries, origins } = props;
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="baseline">
        <Title order={3} size="h4">
          {totals.material.name}
        </Title>
        <Text>
          <Mass milligrams={totals.milligrams} />
        </Text>
      </Group>
      <ShareBar countries={countries} />
      <Text size="sm" c="dimmed">
        {totals.recycledPpm > 0 && `${readableShare(totals.recycledPpm)} recycled. `}
        {totals.custodyModel &&
          `Weakest chain of custody since its origin: ${readableTerm(totals.custodyModel)}.`}
        {totals.custody && ` ${custodyWords(totals.custody)}`}
      </Text>
      <details>
        <summary>By site</summary>
        <OriginTable origins={origins} caption={`Origins of ${totals.material.name}`} />
      </details>
    </Card>
  );
}

function ShareBar({ countries }: { countries: readonly CountryShare[] }) {
  return (
    <>
      <div className="share-bar" aria-hidden="true">
        {countries.map(({ country, sharePpm }, index) => (
          <span
            key={country?.numeric ?? 0}
            className={country === null ? 'share undeclared' : `share tone-${index % 5}`}
            style={{ flexGrow: sharePpm }}
          />
        ))}
      </div>
      <ul className="plain-list legend">
        {countries.map(({ country, sharePpm, milligrams }, index) => (
          <li key={country?.numeric ?? 0}>
            <span
              className={country === null ? 'swatch undeclared' : `swatch tone-${index % 5}`}
              aria-hidden="true"
            />
            {country === null ? 'Origin not on the ledger' : <CountryName country={country} />}{' '}
            <strong>{readableShare(sharePpm)}</strong> <Mass milligrams={milligrams} />
          </li>
        ))}
      </ul>
    </>
  );
}

function OriginTable({ origins, caption }: { origins: readonly CertificateOrigin[]; caption: string }) {
  return (
    <Table.ScrollContainer minWidth={320}>
      <Table captionSide="top">
        <Table.Caption className="visually-hidden">{caption}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Site</Table.Th>
            <Table.Th>How</Table.Th>
            <Table.Th ta="right">Mass</Table.Th>
            <Table.Th ta="right">Share</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {origins.map((origin) => (
            <Table.Tr key={`${origin.site.facility}${origin.process}${origin.recycled}`}>
              <Table.Td>
                <SiteName site={origin.site} />
              </Table.Td>
              <Table.Td>{HOW[origin.kind]}</Table.Td>
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

const HOW = {
  mined: 'mined there',
  collected: 'collected there as scrap',
  declared: 'declared there; its origin is not on the ledger',
  converted: 'entered there, recycled since',
} as const;

/** Why the chain of custody is no stronger, and how much came through attested sites alone. */
function custodyWords({ declared, permitted, attested, certifiedPpm, atLeast }: Custody): string {
  const share = `${atLeast ? 'at least ' : ''}${readableShare(certifiedPpm)}`;
  return [
    `The steps declare ${readableTerm(declared)} or better; its sources permit ${readableTerm(permitted)}.`,
    attested
      ? 'Every site was attested for its chain of custody at the time.'
      : 'Not every site was attested for its chain of custody at the time, which counts as mass balance.',
    `Certified all the way: ${share}.`,
  ].join(' ');
}
