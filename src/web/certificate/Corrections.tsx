import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateCorrection } from '../../verification/certificate.ts';
import { Day } from '../components/Day.tsx';
import { Mark } from '../components/Mark.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { ShortId } from '../components/ShortId.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { SignedBy } from './SignedBy.tsx';

const EFFECTS = {
  void: { sign: 'cross', tone: 'fails' },
  restored: { sign: 'info', tone: 'note' },
} as const;

/** What was undone of the lot's history, by whom and when. Shown only where something was. */
export function Corrections({ corrections }: { corrections: readonly CertificateCorrection[] }) {
  const t = useT('certificate');
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby="corrections">
      <Title order={2} size="h3" id="corrections" mb="sm">
        {t('corrections.title')}
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
  const t = useT('certificate');
  const { sign, tone } = EFFECTS[correction.effect];
  const { party, legalName } = correction.author;
  return (
    <Card component="li" withBorder padding="sm" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600}>{t(`corrections.${correction.effect}`)}</Text>
      </Group>
      {correction.reason !== null && <Text size="sm">{correction.reason}</Text>}
      <Text size="sm" c="dimmed">
        <Rich
          text={t('corrections.by')}
          party={<PartyName party={{ id: party, name: legalName }} />}
          day={<Day time={correction.occurredAt} />}
          recorded={<Day time={correction.recordedAt} />}
          correction={<ShortId id={correction.correction} />}
          production={<ShortId id={correction.production} />}
        />
        <SignedBy text={t('custody.correctionBy')} account={correction.signedBy} />
      </Text>
    </Card>
  );
}
