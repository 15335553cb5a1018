import { Paper, Text, Title } from '@mantine/core';
import type { Certificate, RuleAnswer } from '../../verification/certificate.ts';
import { Mark, type Sign } from '../components/Mark.tsx';
import { readableMass } from '../format.ts';
import { useLanguage, useT } from '../i18n/i18n.ts';
import { usePolicyWords } from '../i18n/said.ts';

/** Colour is never the only sign: each answer has its mark and its words. */
export const answers = {
  meets: { sign: 'check', tone: 'meets', word: 'meets' },
  'does not meet': { sign: 'cross', tone: 'fails', word: 'fails' },
  'not enough evidence': { sign: 'question', tone: 'unknown', word: 'unknown' },
  'not judged': { sign: 'dash', tone: 'note', word: 'notJudged' },
} as const satisfies Record<RuleAnswer, { sign: Sign; tone: string; word: string }>;

/** The answer in one sentence, and under which policy. */
export function Verdict({ certificate }: { certificate: Certificate }) {
  const t = useT('certificate');
  const sentence = useSentence(certificate);
  const { sign, tone, word } = answers[certificate.verdict];
  const { version } = certificate.policy;
  const { children: policy } = usePolicyWords()(certificate.policy.name);
  return (
    <Paper component="section" aria-labelledby="verdict" withBorder p="lg" className={`verdict ${tone}`}>
      <Mark sign={sign} large />
      <div>
        <Title order={2} id="verdict">
          {t(`verdict.${certificate.lot.status === 'void' ? 'void' : word}`)}
        </Title>
        <Text>{sentence}</Text>
        <Text size="sm" c="dimmed" mt={4}>
          {t('verdict.under', { policy, version })}
        </Text>
      </div>
    </Paper>
  );
}

/** The verifier words its sentence in English; elsewhere it is put together from the same answers. */
export function useSentence({ lot, policy, verdict, rules, sentence }: Certificate): string {
  const t = useT('certificate');
  const language = useLanguage();
  const words = usePolicyWords();
  if (language === 'en') return sentence;
  const facts = { mass: readableMass(lot.milligrams), policy: words(policy.name).children };
  if (lot.status === 'void') return t('sentence.void', facts);
  if (verdict === 'meets') return t('sentence.meets', facts);
  const count = rules.filter(({ answer }) => answer === verdict).length;
  return t(verdict === 'does not meet' ? 'sentence.fails' : 'sentence.unknown', { ...facts, count });
}
