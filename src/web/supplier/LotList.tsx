import { Button, Checkbox, Loader, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { LotSummary } from '../../api/schemas/lots.ts';
import type { LotQuery } from '../../client/client.ts';
import { Day } from '../components/Day.tsx';
import { Failure } from '../components/Failure.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity, useMaterialName } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { useLots } from '../session/queries.ts';
import { useStore } from '../session/store.ts';
import { urls } from '../urls.ts';
import { CorrectButton } from './CorrectButton.tsx';
import { RecallButton } from './RecallButton.tsx';
import { selection, toggle } from './selection.ts';

type Box = 'held' | 'incoming' | 'outgoing';
type LotListProps = { readonly query: LotQuery; readonly box: Box };

const ROW = 92;

/** Lots of a party: as many as there are, and only those drawn that are in sight. */
export function LotList({ query, box }: LotListProps) {
  const t = useT('supplier');
  const list = useRef<HTMLDivElement>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    useLots({ ...query, limit: 100 }),
  );
  const lots = data?.pages.flatMap(({ items }) => items) ?? [];
  const virtual = useWindowVirtualizer({
    count: lots.length,
    estimateSize: () => ROW,
    overscan: 8,
    scrollMargin: list.current?.offsetTop ?? 0,
    getItemKey: (index) => lots[index]?.id ?? index,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= lots.length - 10) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, last, lots.length, fetchNextPage]);
  if (error) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('common:loading')} />;
  if (lots.length === 0) return <Text>{t(`none.${box}`)}</Text>;
  return (
    <div ref={list}>
      <ul className="plain-list virtual" style={{ height: virtual.getTotalSize() }}>
        {rows.map(({ index, key, start }) => {
          const lot = lots[index];
          return lot ? (
            <li
              key={key}
              data-index={index}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)` }}
            >
              <LotRow lot={lot} box={box} />
            </li>
          ) : null;
        })}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common:older')}
        </Button>
      )}
    </div>
  );
}

function LotRow({ lot, box }: { lot: LotSummary; box: Box }) {
  const t = useT('supplier');
  const { name } = useCommodity()(lot.commodity);
  const nameOf = useMaterialName();
  const isTicked = useStore(selection).has(lot.id);
  const { facility } = lot;
  return (
    <div className="lot-row">
      {box === 'held' && (
        <Checkbox
          size="md"
          aria-label={t('selected.tick', { name, id: lot.id.slice(0, 10) })}
          checked={isTicked}
          onChange={() => toggle(lot.id)}
        />
      )}
      <div className="grow">
        <a href={urls.lot(lot.id)}>{name}</a> <span className="short-id dimmed">{lot.id.slice(0, 10)}…</span>
        <Text size="sm">
          <Mass milligrams={lot.milligrams} />
          {lot.content.map(({ material, recycled, milligrams }) => (
            <span key={`${material}${recycled}`}>
              {' · '}
              {nameOf(material)} {recycled && `(${t('common:recycled')}) `}
              <Mass milligrams={milligrams} />
            </span>
          ))}
        </Text>
        <Text size="sm" c="dimmed">
          {box === 'incoming' && (
            <>
              {t('from')} <PartyName party={lot.custodian} />
              {' → '}
            </>
          )}
          <SiteName site={{ ...facility, facility: facility.id }} /> · <Day time={lot.occurredAt} />
        </Text>
      </div>
      {box === 'held' && <CorrectButton lot={lot} />}
      {box === 'outgoing' && <RecallButton lot={lot} />}
    </div>
  );
}
