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

type Severity = keyof typeof SEVERITIES;

/** What the rules found of these severities, in their order: what, where, how much, why, and what would mend it. */
export function Findings(props: {
  findings: readonly CertificateFinding[];
  severities: readonly Severity[];
}) {
  return props.severities.map((severity) => {
    const found = props.findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return null;
    const { title } = SEVERITIES[severity];
    return (
      <section key={severity} aria-label={title}>
        <Title order={2} size="h3" mb="sm">
          {title}
        </Title>
        <Stack gap="sm" component="ul" className="plain-list">
          {found.map((finding) => (
            <Finding key={`${finding.rule}${finding.title}${finding.detail}`} finding={finding} />
          ))}
        </Stack>
      </section>
    );
  });
}

/** How many sites are named before the rest is folded away. */
const NAMED_SITES = 3;

function Where({ sites }: { sites: CertificateFinding['sites'] }) {
  if (sites.length === 0) return null;
  const more = sites.slice(NAMED_SITES);
  return (
    <div className="where">
      Where: <SiteNames sites={sites.slice(0, NAMED_SITES)} />
      {more.length > 0 && (
        <details>
          <summary>and {more.length} more</summary>
          <SiteNames sites={more} />
        </details>
      )}
    </div>
  );
}

function SiteNames({ sites }: { sites: CertificateFinding['sites'] }) {
  return sites.map((site, index) => (
    <span key={site.facility}>
      {index > 0 && '; '}
      <SiteName site={site} />
    </span>
  ));
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
      <Where sites={finding.sites} />
      {finding.affected.length > 0 && (
        <Text size="sm">
          Affects:{' '}
          {finding.affected.map((affected, index) => (
            <span key={affected.material.id}>
              {index > 0 && ', '}
              {finding.atMost && 'at most '}
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
