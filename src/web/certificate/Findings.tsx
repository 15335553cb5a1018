import { Card, Group, Stack, Text, Title } from '@mantine/core';
import type { CertificateFinding } from '../../verification/certificate.ts';
import { Mark } from '../components/Mark.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { SiteName } from '../components/SiteName.tsx';
import { readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { usePolicyWords, useSaid } from '../i18n/said.ts';

const SEVERITIES = {
  breach: { sign: 'cross', tone: 'fails' },
  gap: { sign: 'question', tone: 'unknown' },
  information: { sign: 'info', tone: 'note' },
} as const;

type Severity = keyof typeof SEVERITIES;

/** What the rules found of these severities, in their order: what, where, how much, why, and what would mend it. */
export function Findings(props: {
  findings: readonly CertificateFinding[];
  severities: readonly Severity[];
}) {
  const t = useT('certificate');
  return props.severities.map((severity) => {
    const found = props.findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return null;
    return (
      <section key={severity} aria-label={t(`findings.${severity}`)}>
        <Title order={2} size="h3" mb="sm">
          {t(`findings.${severity}`)}
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
  const t = useT('certificate');
  if (sites.length === 0) return null;
  const more = sites.slice(NAMED_SITES);
  return (
    <div className="where">
      <Rich text={t('findings.where')} sites={<SiteNames sites={sites.slice(0, NAMED_SITES)} />} />
      {more.length > 0 && (
        <details>
          <summary>{t('findings.more', { count: more.length })}</summary>
          <SiteNames sites={more} />
        </details>
      )}
    </div>
  );
}

function SiteNames({ sites }: { sites: CertificateFinding['sites'] }) {
  const t = useT('certificate');
  return sites.map((site, index) => (
    <span key={site.facility}>
      {index > 0 && t('findings.nextSite')}
      <SiteName site={site} />
    </span>
  ));
}

function Finding({ finding }: { finding: CertificateFinding }) {
  const t = useT('certificate');
  const said = useSaid();
  const policyWords = usePolicyWords();
  const { title, detail, mend, wording } = finding;
  const { sign, tone } = SEVERITIES[finding.severity];
  return (
    <Card component="li" withBorder padding="md" className={`finding ${tone}`}>
      <Group gap="xs" wrap="nowrap" align="baseline">
        <Mark sign={sign} />
        <Text fw={600} {...said(title, wording.title)} />
      </Group>
      <Text size="sm" {...said(detail, wording.detail)} />
      <Where sites={finding.sites} />
      <Affected finding={finding} />
      <Text size="sm">
        <strong>{t('findings.mend')}</strong> <span {...said(mend, wording.mend)} />
      </Text>
      <Text size="xs" c="dimmed" {...policyWords(finding.clause)} />
    </Card>
  );
}

function Affected({ finding: { affected, atMost } }: { finding: CertificateFinding }) {
  const t = useT('certificate');
  const nameOf = useMaterialName();
  if (affected.length === 0) return null;
  const what = affected.map(({ material, milligrams, sharePpm }, index) => (
    <span key={material.id}>
      {index > 0 && ', '}
      <Rich
        text={t(atMost ? 'findings.affectedAtMost' : 'findings.affected', {
          material: nameOf(material.id).toLowerCase(),
          share: readableShare(sharePpm),
        })}
        mass={<Mass milligrams={milligrams} />}
      />
    </span>
  ));
  return (
    <Text size="sm">
      <Rich text={t('findings.affects')} what={what} />
    </Text>
  );
}
