import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Certificate, CertificateSite } from '../../verification/certificate.ts';
import { sitesIn } from '../../verification/certificate-sites.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableTerm, shortId } from '../format.ts';

type Relied = Certificate['attestations'][number];

const MARKS = {
  conformant: { sign: 'check', tone: 'meets' },
  'non-conformant': { sign: 'cross', tone: 'fails' },
  alert: { sign: 'exclamation', tone: 'fails' },
} as const;

/** Who attested to what, under which scheme, and for how long. */
export function Attestations({ certificate }: { certificate: Certificate }) {
  const { attestations } = certificate;
  const sites = sitesIn(certificate);
  return (
    <section aria-labelledby="attestations">
      <Title order={2} size="h3" id="attestations" mb="sm">
        Who attests to it
      </Title>
      {attestations.length === 0 && <Text>No attestation speaks for this lot’s history.</Text>}
      <Stack gap="xs" component="ul" className="plain-list">
        {attestations.map((relied) => (
          <AttestationCard key={relied.attestation} relied={relied} site={sites.get(relied.subject)} />
        ))}
      </Stack>
    </section>
  );
}

function AttestationCard({ relied, site }: { relied: Relied; site: CertificateSite | undefined }) {
  const { sign, tone } = MARKS[relied.outcome];
  return (
    <Card component="li" withBorder padding="sm" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600}>
          {relied.scheme}: {readableTerm(relied.outcome)}
        </Text>
      </Group>
      <Text size="sm">
        {site ? <SiteName site={site} /> : <span title={relied.subject}>{shortId(relied.subject)}</span>}
      </Text>
      <Text size="sm" c="dimmed">
        by <PartyName party={{ id: relied.auditor.party, name: relied.auditor.legalName }} />, from{' '}
        <Day time={relied.validFrom} /> until <Day time={relied.endsAt} />
        {relied.endsAt < relied.validUntil && ' (ended early)'}, recorded <Day time={relied.recordedAt} />
        {!relied.accreditedNow && '; the auditor is no longer accredited'}
      </Text>
    </Card>
  );
}
