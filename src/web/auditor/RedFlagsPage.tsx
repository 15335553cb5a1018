import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../../api/schemas/common.ts';
import { CountrySelect } from '../components/CountrySelect.tsx';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { SiteLink, StatementLink } from './Links.tsx';
import { pathOf, type RedFlag, type RedFlagKind, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';
import { PageButtons, usePages } from './usePages.tsx';

const KINDS: readonly RedFlagKind[] = [
  ...(['origin-in-listed-country', 'passed-listed-country', 'origin-in-transit-country'] as const),
  ...(['recycled-in-listed-country', 'operates-in-listed-country', 'sourced-from-listed-country'] as const),
  ...(['moved-without-dispatch', 'declared-stock', 'weight-off', 'recorded-late'] as const),
];

/** What to look at, across the ledger, one kind of red flag at a time. */
export function RedFlagsPage() {
  const t = useT('auditor');
  const [kind, setKind] = useState<RedFlagKind>('origin-in-listed-country');
  const [country, setCountry] = useState<number | null>(null);
  const pages = usePages(`${kind} ${country}`);
  const path = pathOf('/v1/red-flags', { kind, country, limit: 50, cursor: pages.cursor });
  const found = useQuery(reading<Page<RedFlag>>(path));
  const columns = (['site', 'party', 'at', 'statement', 'amount', 'attested'] as const).map((name) =>
    t(`column.${name}`),
  );
  return (
    <Stack>
      <Title order={1}>{t('redFlags.title')}</Title>
      <Text c="dimmed">{t('redFlags.lead')}</Text>
      <NativeSelect
        label={t('redFlags.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as RedFlagKind)}
        data={KINDS.map((value) => ({ value, label: t(`flag.${value}`) }))}
      />
      <CountrySelect label={t('find.country')} value={country} onChange={setCountry} />
      <Reading of={found}>
        {({ items, next }) => (
          <>
            <DataTable
              none={t('redFlags.none')}
              caption={t(`flag.${kind}`)}
              columns={columns}
              rows={items.map((flag) => ({
                key: `${flag.statement} ${flag.facility.id} ${flag.party.id}`,
                cells: [
                  <SiteLink key="site" site={flag.facility} />,
                  <PartyName key="party" party={flag.party} />,
                  <Day key="at" time={flag.at} />,
                  <StatementLink key="statement" id={flag.statement} />,
                  <Amount key="amount" kind={kind} amount={flag.amount} />,
                  flag.schemes.join(', '),
                ],
              }))}
            />
            <PageButtons pages={pages} next={next} />
            <TakeAway
              paper={{
                ...{ title: t(`flag.${kind}`), columns, query: path, asOf: null },
                rows: items.map(({ facility, party, at, statement, amount, schemes }) => [
                  ...[
                    facility.name ?? facility.id,
                    party.name ?? party.id,
                    new Date(at * 1000).toISOString(),
                  ],
                  ...[statement, amount ?? '', schemes.join(', ')],
                ]),
              }}
            />
          </>
        )}
      </Reading>
      <Text size="sm">{t('redFlags.blind')}</Text>
    </Stack>
  );
}

function Amount({ kind, amount }: { kind: RedFlagKind; amount: string | null }) {
  const t = useT('auditor');
  if (amount === null) return null;
  if (kind === 'weight-off') return t('redFlags.percent', { percent: (Number(amount) / 10_000).toFixed(2) });
  if (kind === 'recorded-late') return t('redFlags.days', { count: Number(amount) });
  return <Mass milligrams={amount} />;
}
