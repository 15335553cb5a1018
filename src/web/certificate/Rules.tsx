import { Text, Title } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Mark } from '../components/Mark.tsx';
import { useT } from '../i18n/i18n.ts';
import { usePolicyWords, useSaid } from '../i18n/said.ts';
import { answers } from './Verdict.tsx';

/** What the policy asks, and its answer to each question. */
export function Rules({ rules }: { rules: Certificate['rules'] }) {
  const t = useT('certificate');
  const said = useSaid();
  const policyWords = usePolicyWords();
  return (
    <section aria-labelledby="rules">
      <Title order={2} size="h3" id="rules" mb="sm">
        {t('rules.title')}
      </Title>
      <table className="data-table">
        <thead>
          <tr>
            <th>{t('rules.question')}</th>
            <th>{t('rules.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <td>
                <span {...policyWords(rule.question)} />
                <Text size="xs" c="dimmed">
                  <span {...policyWords(rule.clause)} /> {rule.unverified && t('rules.unverified')}
                </Text>
              </td>
              <td>
                <span className={`answer ${answers[rule.answer].tone}`}>
                  <Mark sign={answers[rule.answer].sign} /> {t(`answer.${answers[rule.answer].word}`)}
                </span>
                <Text size="xs" {...said(rule.summary, rule.wording)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
