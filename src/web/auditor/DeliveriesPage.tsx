import { Badge, Checkbox, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { Page } from '../../api/schemas/common.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { useT } from '../i18n/i18n.ts';
import { LotLink, SiteLink, StatementLink } from './Links.tsx';
import { type DeliveredLot, type Delivery, pathOf, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';
import { PageButtons, usePages } from './usePages.tsx';

/** What was shipped against what was received, per pair of sites, and lot by lot. */
export function DeliveriesPage() {
  const t = useT('auditor');
  const [search] = useSearchParams();
  const party = search.get('party');
  const [opened, setOpened] = useState<Delivery | null>(null);
  const pages = usePages(party ?? '');
  const path = pathOf('/v1/deliveries', { party, limit: 50, cursor: pages.cursor });
  const found = useQuery(reading<Page<Delivery>>(path));
  const names = ['from', 'to', 'sent', 'accepted', 'missing', 'onScales', 'lastSent'] as const;
  const columns = names.map((name) => t(`column.${name}`));
  return (
    <Stack>
      <Title order={1}>{t('deliveries.title')}</Title>
      <Text c="dimmed">{t('deliveries.lead')}</Text>
      <Reading of={found}>
        {({ items, next }) => (
          <>
            <DataTable
              none={t('deliveries.none')}
              caption={t('deliveries.table')}
              columns={columns}
              rows={items.map((delivery) => ({
                key: `${delivery.from.id} ${delivery.to.id}`,
                cells: cellsOf(delivery, {
                  open: (
                    <button
                      key="open"
                      type="button"
                      className="link-button"
                      onClick={() => setOpened(delivery)}
                    >
                      <Mass milligrams={delivery.sent.milligrams} /> (
                      {t('graph.lots', { count: delivery.sent.lots })})
                    </button>
                  ),
                }),
              }))}
            />
            <PageButtons pages={pages} next={next} />
            <TakeAway
              paper={{
                ...{ title: t('deliveries.title'), columns: paperColumns(t), query: path, asOf: null },
                rows: items.map(paperRow),
              }}
            />
          </>
        )}
      </Reading>
      {opened && <LotByLot delivery={opened} />}
    </Stack>
  );
}

function cellsOf(delivery: Delivery, { open }: { open: ReactNode }) {
  return [
    <SiteLink key="from" site={delivery.from} />,
    <SiteLink key="to" site={delivery.to} />,
    open,
    <Mass key="accepted" milligrams={delivery.accepted.milligrams} />,
    <NotArrived key="missing" delivery={delivery} />,
    <OnScales key="scales" delivery={delivery} />,
    <Day key="last" time={delivery.lastAt} />,
  ];
}

function NotArrived({ delivery }: { delivery: Delivery }) {
  const t = useT('auditor');
  const ways = (['inTransit', 'refused', 'recalled'] as const).filter((way) => delivery[way].lots > 0);
  if (ways.length === 0) return t('deliveries.nothing');
  return ways.map((way) => (
    <div key={way}>
      {t(`deliveries.${way}`)} <Mass milligrams={delivery[way].milligrams} />
    </div>
  ));
}

function OnScales({ delivery: { weighed, accepted } }: { delivery: Delivery }) {
  const t = useT('auditor');
  if (weighed.lots === 0) return t('deliveries.notWeighed');
  return (
    <>
      <Difference milligrams={weighed.difference} />{' '}
      {t('deliveries.weighedOf', { count: weighed.lots, of: String(accepted.lots) })}
    </>
  );
}

function Difference({ milligrams }: { milligrams: string }) {
  const t = useT('auditor');
  const way = milligrams === '0' ? 'same' : milligrams.startsWith('-') ? 'short' : 'over';
  return (
    <Badge className="figure-badge" variant="light" tt="none" color={way === 'same' ? 'green' : 'yellow'}>
      {t(`deliveries.${way}`)} {way !== 'same' && <Mass milligrams={milligrams.replace('-', '')} />}
    </Badge>
  );
}

const PAPER = [
  'from',
  'to',
  'sent',
  'accepted',
  'refused',
  'recalled',
  'inTransit',
  'weighedOf',
  'weighed',
] as const;
const paperColumns = (t: ReturnType<typeof useT<'auditor'>>) => PAPER.map((name) => t(`column.${name}`));

function paperRow({ from, to, sent, accepted, refused, recalled, inTransit, weighed }: Delivery): string[] {
  const sums = [sent, accepted, refused, recalled, inTransit, weighed].map(({ milligrams }) => milligrams);
  return [from.name ?? from.id, to.name ?? to.id, ...sums, weighed.onArrival];
}

function LotByLot({ delivery: { from, to } }: { delivery: Delivery }) {
  const t = useT('auditor');
  const [isOff, setIsOff] = useState(true);
  const pages = usePages(`${from.id} ${to.id} ${isOff}`);
  const query = { from: from.id, to: to.id, off: isOff, limit: 50, cursor: pages.cursor };
  const path = pathOf('/v1/deliveries/lots', isOff ? query : { ...query, off: null });
  const found = useQuery(reading<Page<DeliveredLot>>(path));
  const names = ['lot', 'sent', 'dispatch', 'how', 'difference', 'assay'] as const;
  const columns = names.map((name) => t(`column.${name}`));
  return (
    <section aria-live="polite">
      <Title order={2}>{t('deliveries.lots')}</Title>
      <Checkbox
        label={t('deliveries.onlyOff')}
        checked={isOff}
        onChange={(event) => setIsOff(event.currentTarget.checked)}
      />
      <Reading of={found}>
        {({ items, next }) => (
          <>
            <DataTable
              none={t('deliveries.allThere')}
              caption={t('deliveries.lots')}
              columns={columns}
              rows={items.map((one) => ({ key: `${one.dispatch} ${one.lot}`, cells: lotCells(one, t) }))}
            />
            <PageButtons pages={pages} next={next} />
          </>
        )}
      </Reading>
    </section>
  );
}

function lotCells(
  { lot, milligrams, dispatch, ended, reweighed }: DeliveredLot,
  t: ReturnType<typeof useT<'auditor'>>,
) {
  return [
    <LotLink key="lot" id={lot} />,
    <Mass key="sent" milligrams={milligrams} />,
    <StatementLink key="dispatch" id={dispatch} />,
    ended ? (
      <span key="ended">
        {t(`event.${ended.kind}`)} <StatementLink id={ended.statement} />
      </span>
    ) : (
      t('deliveries.inTransit')
    ),
    ended?.difference ? (
      <Difference key="difference" milligrams={ended.difference} />
    ) : (
      t('deliveries.notWeighed')
    ),
    reweighed && (
      <span key="assay">
        <StatementLink id={reweighed.production} />{' '}
        {reweighed.differences.map(({ symbol, recycled, difference }) => (
          <span key={`${symbol} ${recycled}`}>
            {symbol} <Difference milligrams={difference} />{' '}
          </span>
        ))}
      </span>
    ),
  ];
}
