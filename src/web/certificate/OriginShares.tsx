import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Certificate, CertificateOrigin } from '../../verification/certificate.ts';
import { CountryName } from '../components/CountryName.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { OriginTable } from './OriginTable.tsx';

type MaterialTotals = Certificate['materials'][number];
type Custody = NonNullable<MaterialTotals['custody']>;
type CountryShare = Certificate['byCountry'][number];

/** Where each material comes from: a bar by country to look at, a table by site to read. */
export function OriginShares({ certificate }: { certificate: Certificate }) {
  const t = useT('certificate');
  return (
    <section aria-labelledby="origins">
      <Title order={2} size="h3" id="origins" mb="sm">
        {t('origins.title')}
      </Title>
      {certificate.materials.length === 0 && <Text>{t('origins.none')}</Text>}
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
  const t = useT('certificate');
  const { totals, countries, origins } = props;
  const material = useMaterialName()(totals.material.id);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="baseline">
        <Title order={3} size="h4">
          {material}
        </Title>
        <Text>
          <Mass milligrams={totals.milligrams} />
        </Text>
      </Group>
      <ShareBar countries={countries} />
      <Text size="sm" c="dimmed">
        {totals.recycledPpm > 0 && t('origins.recycled', { share: readableShare(totals.recycledPpm) })}{' '}
        {totals.custodyModel &&
          t('origins.weakest', { model: t(`terms:custodyModel.${totals.custodyModel}`) })}{' '}
        {totals.custody && <CustodyKept custody={totals.custody} />}
      </Text>
      <details>
        <summary>{t('origins.bySite')}</summary>
        <OriginTable origins={origins} caption={t('origins.caption', { material })} />
      </details>
    </Card>
  );
}

function ShareBar({ countries }: { countries: readonly CountryShare[] }) {
  const t = useT('certificate');
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
            {country === null ? t('origins.undeclared') : <CountryName country={country} />}{' '}
            <strong>{readableShare(sharePpm)}</strong> <Mass milligrams={milligrams} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Why the chain of custody is no stronger, and how much came through attested sites alone. */
function CustodyKept({ custody }: { custody: Custody }) {
  const t = useT('certificate');
  const { declared, permitted, attested, certifiedPpm, atLeast } = custody;
  const models = {
    declared: t(`terms:custodyModel.${declared}`),
    permitted: t(`terms:custodyModel.${permitted}`),
  };
  const share = readableShare(certifiedPpm);
  return [
    t('origins.kept', models),
    t(attested ? 'origins.attestedEverywhere' : 'origins.notAttestedEverywhere'),
    t(atLeast ? 'origins.certifiedAtLeast' : 'origins.certified', { share }),
  ].join(' ');
}
