import { Table, Text, Title } from '@mantine/core';
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
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('rules.question')}</Table.Th>
            <Table.Th>{t('rules.answer')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.id}>
              <Table.Td lang="en">
                {rule.question}
                <Text size="xs" c="dimmed">
                  {rule.clause} {rule.unverified && t('rules.unverified')}
                </Text>
              </Table.Td>
              <Table.Td>
                <span className={`answer ${answers[rule.answer].tone}`}>
                  <Mark sign={answers[rule.answer].sign} /> {t(`answer.${answers[rule.answer].word}`)}
                </span>
                <Text size="xs" lang="en">
                  {rule.summary}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
