import { Paper, Text, Title } from '@mantine/core';
import type { Certificate, Verdict as VerdictTerm } from '../../verification/certificate.ts';
import { Mark, type Sign } from '../components/Mark.tsx';

/** Colour is never the only sign: each answer has its mark and its words. */
export const verdicts: Record<VerdictTerm, { sign: Sign; title: string; tone: string }> = {
  meets: { sign: 'check', title: 'Meets the policy', tone: 'meets' },
  'does not meet': { sign: 'cross', title: 'Does not meet the policy', tone: 'fails' },
  'not enough evidence': { sign: 'question', title: 'Not enough evidence', tone: 'unknown' },
};

/** A rule's answer; what a rule could not judge counts neither way. */
export const answers: Record<RuleAnswer, { sign: Sign; tone: string }> = {
  ...verdicts,
  'not judged': { sign: 'dash', tone: 'note' },
};

type RuleAnswer = Certificate['rules'][number]['answer'];

/** The answer in one sentence, and under which policy. */
export function Verdict({ certificate }: { certificate: Certificate }) {
  const { sign, title: said, tone } = verdicts[certificate.verdict];
  const title = certificate.lot.status === 'void' ? 'This lot is void' : said;
  return (
    <Paper component="section" aria-labelledby="verdict" withBorder p="lg" className={`verdict ${tone}`}>
      <Mark sign={sign} large />
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
