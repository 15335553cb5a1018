import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateConcern, CertificateConcerns } from '../../verification/certificate-concerns.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { counted } from '../format.ts';

const KINDS = { alert: 'An alert', dispute: 'A dispute', grievance: 'A grievance' } as const;
const SUBJECTS = {
  site: '',
  lot: ' about a lot',
  delivery: ' about a delivery',
  production: ' about work',
} as const;

/** What parties raised themselves about what the material passed. Shown only where something was, or may have been. */
export function Concerns({ concerns: { raised, undisclosed, mayLack } }: { concerns: CertificateConcerns }) {
  if (raised.length === 0 && undisclosed === 0 && !mayLack) return null;
  return (
    <section aria-labelledby="concerns">
      <Title order={2} size="h3" id="concerns" mb="sm">
        What parties raised
      </Title>
      <Stack gap="xs" component="ul" className="plain-list">
        {raised.map((concern) => (
          <ConcernCard key={concern.observation} concern={concern} />
        ))}
      </Stack>
      <Text size="sm" c="dimmed">
        It is what these parties say: nobody has judged it.
        {undisclosed > 0 &&
          ` Of ${counted(undisclosed, 'more observation')} with a document, nobody has shown whether it raises anything.`}
        {mayLack && ' What was raised about single lots and deliveries before this one may be lacking here.'}
      </Text>
    </section>
  );
}

function ConcernCard({ concern }: { concern: CertificateConcern }) {
  const { kind, about, sites, raisedBy, recordedAt, status, summary, answers } = concern;
  return (
    <Card
      component="li"
      withBorder
      padding="sm"
      className={`finding ${status === 'closed' ? 'note' : 'unknown'}`}
    >
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={status === 'closed' ? 'info' : 'question'} />
        <Text fw={600}>
          {KINDS[kind]}
          {SUBJECTS[about]} at{' '}
          {sites.map((site, index) => (
            <span key={site.facility}>
              {index > 0 && ', '}
              <SiteName site={site} />
            </span>
          ))}
          : {status}
        </Text>
      </Group>
      <Text size="sm">{summary ?? 'What it is about, its document does not show.'}</Text>
      <Text size="sm" c="dimmed">
        by <PartyName party={{ id: raisedBy.party, name: raisedBy.legalName }} />, recorded{' '}
        <Day time={recordedAt} />
      </Text>
      {answers.map((answer) => (
        <Text size="sm" key={answer.observation}>
          {answer.closes ? 'Closed' : 'Answered'} by{' '}
          <PartyName party={{ id: answer.by.party, name: answer.by.legalName }} />,{' '}
          <Day time={answer.recordedAt} />
          {answer.answer !== null && `: ${answer.answer}`}
        </Text>
      ))}
    </Card>
  );
}
