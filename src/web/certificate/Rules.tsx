import { Table, Text, Title } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { Mark } from '../components/Mark.tsx';
import { answers } from './Verdict.tsx';

/** What the policy asks, and its answer to each question. */
export function Rules({ rules }: { rules: Certificate['rules'] }) {
  return (
    <section aria-labelledby="rules">
      <Title order={2} size="h3" id="rules" mb="sm">
        What was checked
      </Title>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Question</Table.Th>
            <Table.Th>Answer</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.id}>
              <Table.Td>
                {rule.question}
                <Text size="xs" c="dimmed">
                  {rule.clause}
                  {rule.unverified && ' (from general knowledge, not checked against the source)'}
                </Text>
              </Table.Td>
              <Table.Td>
                <span className={`answer ${answers[rule.answer].tone}`}>
                  <Mark sign={answers[rule.answer].sign} /> {rule.answer}
                </span>
                <Text size="xs">{rule.summary}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
