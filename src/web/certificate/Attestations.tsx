import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { Certificate, CertificateSite } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { ShortId } from '../components/ShortId.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';

type Relied = Certificate['attestations'][number];

const MARKS = {
  conformant: { sign: 'check', tone: 'meets' },
  'non-conformant': { sign: 'cross', tone: 'fails' },
  alert: { sign: 'exclamation', tone: 'fails' },
} as const;

/** Who attested to what, under which scheme, and for how long. */
export function Attestations({ certificate }: { certificate: Certificate }) {
  const t = useT('certificate');
  const { attestations } = certificate;
  const sites = sitesOf(certificate);
  return (
    <section aria-labelledby="attestations">
      <Title order={2} size="h3" id="attestations" mb="sm">
        {t('attestations.title')}
      </Title>
      {attestations.length === 0 && <Text>{t('attestations.none')}</Text>}
      <Stack gap="xs" component="ul" className="plain-list">
        {attestations.map((relied) => (
          <AttestationCard key={relied.attestation} relied={relied} site={sites.get(relied.subject)} />
        ))}
      </Stack>
    </section>
  );
}

function AttestationCard({ relied, site }: { relied: Relied; site: CertificateSite | undefined }) {
  const t = useT('certificate');
  const { scheme, auditor, endsAt } = relied;
  const { sign, tone } = MARKS[relied.outcome];
  return (
    <Card component="li" withBorder padding="sm" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600}>
          {t('attestations.outcome', { scheme, outcome: t(`terms:outcome.${relied.outcome}`) })}
        </Text>
      </Group>
      <Text size="sm">{site ? <SiteName site={site} /> : <ShortId id={relied.subject} />}</Text>
      <Text size="sm" c="dimmed">
        <Rich
          text={t(endsAt < relied.validUntil ? 'attestations.byEndedEarly' : 'attestations.by')}
          party={<PartyName party={{ id: auditor.party, name: auditor.legalName }} />}
          from={<Day time={relied.validFrom} />}
          until={<Day time={endsAt} />}
          recorded={<Day time={relied.recordedAt} />}
        />{' '}
        {!relied.accreditedNow && t('attestations.notAccredited')}
      </Text>
    </Card>
  );
}

function sitesOf({ custody, sites }: Certificate): Map<string, CertificateSite> {
  const steps = custody.flatMap((step) => (step.kind === 'production' ? [step.site] : [step.from, step.to]));
  return new Map([...sites.map(({ site }) => site), ...steps].map((site) => [site.facility, site]));
}
