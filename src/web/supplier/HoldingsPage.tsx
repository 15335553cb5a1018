import { Button, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { readableNumber } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useFacilities, useHoldings } from '../session/queries.ts';
import { useStore } from '../session/store.ts';
import { urls } from '../urls.ts';
import { LotList } from './LotList.tsx';
import { useMe } from './me.ts';
import { selection } from './selection.ts';

const BOXES = ['held', 'incoming', 'outgoing'] as const;
type Box = (typeof BOXES)[number];

/** What a party holds, expects and has sent. */
export function HoldingsPage() {
  const t = useT('supplier');
  const { me, name } = useMe();
  const [box, setBox] = useState<Box>('held');
  const { data: counts } = useQuery(useHoldings(me.party));
  const queries = {
    held: { custodian: me.party, status: 'held' },
    incoming: { consignee: me.party },
    outgoing: { custodian: me.party, status: 'in-transit' },
  } as const;
  return (
    <Stack>
      <Title order={1}>{name}</Title>
      <FirstSteps />
      <Tabs value={box} onChange={(value) => setBox((value ?? 'held') as Box)} keepMounted={false}>
        <Tabs.List>
          {BOXES.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`boxes.${each}`)} <strong>{counts ? readableNumber(counts[each]) : '…'}</strong>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {BOXES.map((each) => (
          <Tabs.Panel key={each} value={each} pt="sm">
            {each === 'held' && <WithSelected />}
            {each === 'incoming' && (counts?.incoming ?? 0) > 0 && (
              <Button component={Link} href="/receive" mb="sm">
                {t('receive.open')}
              </Button>
            )}
            <LotList query={queries[each]} box={each} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Stack>
  );
}

/** What to do first, where nothing was done yet. */
function FirstSteps() {
  const t = useT('supplier');
  const { me } = useMe();
  const { data: sites } = useQuery(useFacilities(me.party));
  if (sites?.length !== 0) return null;
  return (
    <Group className="first-step">
      <Text className="grow">{t('sites.first')}</Text>
      <Button component={Link} href="/sites">
        {t('sites.register')}
      </Button>
    </Group>
  );
}

function WithSelected() {
  const t = useT('supplier');
  const lots = [...useStore(selection)];
  if (lots.length === 0)
    return (
      <Group mb="sm">
        <Button component={Link} href="/register">
          {t('register.open')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('selected.hint')}
        </Text>
      </Group>
    );
  return (
    <Group mb="sm" className="with-selected">
      <Text>{t('selected.count', { count: lots.length })}</Text>
      <Button component={Link} href="/send">
        {t('places.send')}
      </Button>
      <Button component={Link} href="/transform" variant="default">
        {t('places.transform')}
      </Button>
      <Button component="a" href={urls.labelSheet(...lots.slice(0, 100))} target="_blank" variant="default">
        {t('selected.labels')}
      </Button>
    </Group>
  );
}
