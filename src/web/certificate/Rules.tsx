import { Text, Title } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Mark } from '../components/Mark.tsx';
import { useT } from '../i18n/i18n.ts';
import { answers } from './Verdict.tsx';

/** What the policy asks, and its answer to each question. */
export function Rules({ rules }: { rules: Certificate['rules'] }) {
  const t = useT('certificate');
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
              <td lang="en">
                {rule.question}
                <Text size="xs" c="dimmed">
                  {rule.clause} {rule.unverified && t('rules.unverified')}
                </Text>
              </td>
              <td>
                <span className={`answer ${answers[rule.answer].tone}`}>
                  <Mark sign={answers[rule.answer].sign} /> {t(`answer.${answers[rule.answer].word}`)}
                </span>
                <Text size="xs" lang="en">
                  {rule.summary}
                </Text>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
