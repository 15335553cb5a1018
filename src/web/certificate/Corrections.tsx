import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateCorrection } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { shortId } from '../format.ts';
import { SignedBy } from './SignedBy.tsx';

const EFFECTS = {
  void: { title: 'What made this lot was corrected: the lot is void', sign: 'cross', tone: 'fails' },
  restored: {
    title: 'A step that used up an earlier lot was undone, and done again',
    sign: 'info',
    tone: 'note',
  },
} as const;

/** What was undone of the lot's history, by whom and when. Shown only where something was. */
export function Corrections({ corrections }: { corrections: readonly CertificateCorrection[] }) {
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby="corrections">
      <Title order={2} size="h3" id="corrections" mb="sm">
        What was corrected
      </Title>
      <Stack gap="xs" component="ul" className="plain-list">
        {corrections.map((correction) => (
          <CorrectionCard key={correction.correction} correction={correction} />
        ))}
      </Stack>
    </section>
  );
}

function CorrectionCard({ correction }: { correction: CertificateCorrection }) {
  const { title, sign, tone } = EFFECTS[correction.effect];
  return (
    <Card component="li" withBorder padding="sm" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600}>{title}</Text>
      </Group>
      {correction.reason !== null && <Text size="sm">{correction.reason}</Text>}
      <Text size="sm" c="dimmed">
        by <PartyName party={{ id: correction.author.party, name: correction.author.legalName }} />,{' '}
        <Day time={correction.occurredAt} />, recorded <Day time={correction.recordedAt} />: correction{' '}
        <span title={correction.correction}>{shortId(correction.correction)}</span> of production{' '}
        <span title={correction.production}>{shortId(correction.production)}</span>
        <SignedBy what="The correction was" account={correction.signedBy} />
      </Text>
    </Card>
  );
}
