import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateFinding } from '../../verification/certificate.ts';
import { Mark } from '../components/Mark.tsx';
import { Mass } from '../components/Mass.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { readableShare } from '../format.ts';

const SEVERITIES = {
  breach: { title: 'What does not meet the policy', sign: 'cross', tone: 'fails' },
  gap: { title: 'What is missing', sign: 'question', tone: 'unknown' },
  information: { title: 'Good to know', sign: 'info', tone: 'note' },
} as const;

/** What the rules found, the gravest first: what, where, how much, why, and what would mend it. */
export function Findings({ findings }: { findings: readonly CertificateFinding[] }) {
  return (Object.keys(SEVERITIES) as (keyof typeof SEVERITIES)[]).map((severity) => {
    const found = findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return null;
    const { title } = SEVERITIES[severity];
    return (
      <section key={severity} aria-label={title}>
        <Title order={2} size="h3" mb="sm">
          {title}
        </Title>
        <Stack gap="sm" component="ul" className="plain-list">
          {found.map((finding, index) => (
            // A rule may find the same thing at several places; a certificate's findings never move.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Finding key={index} finding={finding} />
          ))}
        </Stack>
      </section>
    );
  });
}

function Finding({ finding }: { finding: CertificateFinding }) {
  const { sign, tone } = SEVERITIES[finding.severity];
  return (
    <Card component="li" withBorder padding="md" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600}>{finding.title}</Text>
      </Group>
      <Text size="sm">{finding.detail}</Text>
      {finding.sites.length > 0 && (
        <Text size="sm">
          Where:{' '}
          {finding.sites.map((site, index) => (
            <span key={site.facility}>
              {index > 0 && '; '}
              <SiteName site={site} />
            </span>
          ))}
        </Text>
      )}
      {finding.affected.length > 0 && (
        <Text size="sm">
          Affects:{' '}
          {finding.affected.map((affected, index) => (
            <span key={affected.material.id}>
              {index > 0 && ', '}
              <Mass milligrams={affected.milligrams} /> of {affected.material.name.toLowerCase()} (
              {readableShare(affected.sharePpm)})
            </span>
          ))}
        </Text>
      )}
      {finding.mend && (
        <Text size="sm">
          <strong>What would mend it:</strong> {finding.mend}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {finding.clause}
      </Text>
    </Card>
  );
}
