import { Anchor, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useParams } from 'wouter';
import { Contents } from '../components/Contents.tsx';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { urls } from '../urls.ts';
import { Attesting } from './Attesting.tsx';
import { SiteLink, StatementLink } from './Links.tsx';
import { historyOf, lotOf, originsOf } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';

const AncestryGraph = lazy(async () => ({ default: (await import('./AncestryGraph.tsx')).AncestryGraph }));
const FlowView = lazy(async () => ({ default: (await import('./FlowView.tsx')).FlowView }));
const VIEWS = ['graph', 'flow', 'map', 'timeline'] as const;

/** A lot's whole history, seen in four ways. */
export function LotPage() {
  const t = useT('auditor');
  const { lot = '' } = useParams();
  const found = useQuery(lotOf(lot));
  const commodity = useCommodity();
  return (
    <Reading of={found}>
      {(detail) => (
        <Stack>
          <Title order={1}>{commodity(detail.commodity).name}</Title>
          <Text>
            <Mass milligrams={detail.milligrams} /> · {t(`terms:status.${detail.status}`)} ·{' '}
            <PartyName party={detail.custodian} /> · <SiteLink site={detail.facility} />
          </Text>
          <Text className="short-id whole-id">{lot}</Text>
          <Contents content={detail.content} />
          <Text>
            {t('lot.madeBy')} <StatementLink id={detail.production.id} /> ·{' '}
            <Anchor href={urls.lot(lot)}>{t('lot.certificate')}</Anchor>
          </Text>
          <Views lot={lot} />
          <Attesting subject={detail.id} said={detail.attestations} />
        </Stack>
      )}
    </Reading>
  );
}

function Views({ lot }: { lot: string }) {
  const t = useT('auditor');
  return (
    <Tabs defaultValue="graph" keepMounted={false}>
      <Tabs.List>
        {VIEWS.map((view) => (
          <Tabs.Tab key={view} value={view}>
            {t(`${view}.tab`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Suspense fallback={<Text>{t('common:loading')}</Text>}>
        <Tabs.Panel value="graph" pt="md">
          <AncestryGraph lot={lot} />
        </Tabs.Panel>
        <Tabs.Panel value="flow" pt="md">
          <FlowView lot={lot} as="sankey" />
        </Tabs.Panel>
        <Tabs.Panel value="map" pt="md">
          <FlowView lot={lot} as="map" />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" pt="md">
          <Timeline lot={lot} />
        </Tabs.Panel>
      </Suspense>
    </Tabs>
  );
}

/** What happened to the lot itself, and before it, site by site. */
function Timeline({ lot }: { lot: string }) {
  const t = useT('auditor');
  const history = useQuery(historyOf(lot));
  const origins = useQuery(originsOf(lot));
  const columns = (names: readonly ('at' | 'until' | 'what' | 'site' | 'party' | 'statement')[]) =>
    names.map((name) => t(`column.${name}`));
  return (
    <Stack>
      <Reading of={origins}>
        {({ sites }) => (
          <DataTable
            caption={t('timeline.before')}
            columns={columns(['at', 'until', 'what', 'site', 'party'])}
            rows={sites.map((site) => ({
              key: site.facility.id,
              cells: [
                <Day key="at" time={site.firstAt} />,
                <Day key="until" time={site.lastAt} />,
                site.processes.map((process) => t(`terms:process.${process}`)).join(', '),
                <SiteLink key="site" site={site.facility} />,
                site.holders.map((party) => <PartyName key={party.id} party={party} />),
              ],
            }))}
          />
        )}
      </Reading>
      <Reading of={history}>
        {({ entries }) => (
          <DataTable
            caption={t('timeline.lot')}
            columns={columns(['at', 'what', 'site', 'party', 'statement'])}
            rows={entries.map((entry) => ({
              key: entry.statement,
              cells: [
                <Day key="at" time={entry.occurredAt} />,
                t(`event.${entry.kind}`),
                <SiteLink key="site" site={entry.facility} />,
                <PartyName key="party" party={entry.author} />,
                <StatementLink key="statement" id={entry.statement} />,
              ],
            }))}
          />
        )}
      </Reading>
    </Stack>
  );
}
