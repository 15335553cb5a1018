import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateConcern, CertificateConcerns } from '../../verification/certificate-concerns.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';

/** What parties raised themselves about what the material passed. Shown only where something was, or may have been. */
export function Concerns({ concerns: { raised, undisclosed, mayLack } }: { concerns: CertificateConcerns }) {
  const t = useT('certificate');
  if (raised.length === 0 && undisclosed === 0 && !mayLack) return null;
  return (
    <section aria-labelledby="concerns">
      <Title order={2} size="h3" id="concerns" mb="sm">
        {t('concerns.title')}
      </Title>
      {raised.length > 0 && (
        <Stack gap="xs" component="ul" className="plain-list">
          {raised.map((concern) => (
            <ConcernCard key={concern.observation} concern={concern} />
          ))}
        </Stack>
      )}
      <Text size="sm" c="dimmed">
        {raised.length > 0 && t('concerns.notJudged')}{' '}
        {undisclosed > 0 && t('concerns.undisclosed', { count: undisclosed })}{' '}
        {mayLack && t('concerns.mayLack')}
      </Text>
    </section>
  );
}

function ConcernCard({ concern }: { concern: CertificateConcern }) {
  const t = useT('certificate');
  const { kind, about, raisedBy, recordedAt, status, summary, answers } = concern;
  const isClosed = status === 'closed';
  return (
    <Card component="li" withBorder padding="sm" className={`finding ${isClosed ? 'note' : 'unknown'}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={isClosed ? 'info' : 'question'} />
        <Text fw={600}>
          {t(`concerns.${kind}`, { status: t(`concerns.${status}`) })}
          <Rich text={t(`concerns.${about}`)} sites={<SiteNames sites={concern.sites} />} />
        </Text>
      </Group>
      <Text size="sm">{summary ?? t('concerns.noSummary')}</Text>
      <Text size="sm" c="dimmed">
        <Rich
          text={t('concerns.by')}
          party={<PartyName party={{ id: raisedBy.party, name: raisedBy.legalName }} />}
          day={<Day time={recordedAt} />}
        />
      </Text>
      {answers.map((answer) => (
        <Text size="sm" key={answer.observation}>
          <Rich
            text={t(answer.closes ? 'concerns.closedBy' : 'concerns.answeredBy')}
            party={<PartyName party={{ id: answer.by.party, name: answer.by.legalName }} />}
            day={<Day time={answer.recordedAt} />}
          />{' '}
          {answer.answer}
        </Text>
      ))}
    </Card>
  );
}

function SiteNames({ sites }: { sites: CertificateConcern['sites'] }) {
  return sites.map((site, index) => (
    <span key={site.facility}>
      {index > 0 && ', '}
      <SiteName site={site} />
    </span>
  ));
}
