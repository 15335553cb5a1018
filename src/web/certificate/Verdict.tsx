import { Paper, Text, Title } from '@mantine/core';
import type { Verdict as Answer, Certificate } from '../../verification/certificate.ts';

/** Colour is never the only sign: each answer has its mark and its words. */
export const answers: Record<Answer, { mark: string; title: string; tone: string }> = {
  meets: { mark: '✓', title: 'Meets the policy', tone: 'meets' },
  'does not meet': { mark: '✕', title: 'Does not meet the policy', tone: 'fails' },
  'not enough evidence': { mark: '?', title: 'Not enough evidence', tone: 'unknown' },
};

/** The answer in one sentence, and under which policy. */
export function Verdict({ certificate }: { certificate: Certificate }) {
  const { mark, title, tone } = answers[certificate.verdict];
  return (
    <Paper component="section" aria-labelledby="verdict" withBorder p="lg" className={`verdict ${tone}`}>
      <span className="mark" aria-hidden="true">
        {mark}
      </span>
      <div>
        <Title order={2} id="verdict">
          {title}
        </Title>
        <Text>{certificate.sentence}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          Under {certificate.policy.name}, version {certificate.policy.version}. This is not a statement of
          legal compliance.
        </Text>
      </div>
    </Paper>
  );
}
