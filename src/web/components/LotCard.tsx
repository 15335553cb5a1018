import { Badge, Card, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { Contents } from './Contents.tsx';
import { CountryName } from './CountryName.tsx';
import { Day } from './Day.tsx';
import { Mass } from './Mass.tsx';
import { useCommodity } from './names.ts';
import { PartyName } from './PartyName.tsx';

/** What can no longer be acted on. */
const GONE: readonly LotSummary['status'][] = ['spent', 'void'];

/** A lot in a list: what it is, how much, from where, with whom. The whole card is the link. */
export function LotCard({ lot, link }: { lot: LotSummary; link: (name: string) => ReactNode }) {
  const t = useT('common');
  const { name } = useCommodity()(lot.commodity);
  return (
    <Card component="li" withBorder padding="md" className="lot-card">
      <Group justify="space-between" align="baseline" wrap="nowrap">
        {link(name)}
        <Badge
          variant="light"
          tt="none"
          color={GONE.includes(lot.status) ? 'gray' : 'lode'}
          style={{ flexShrink: 0 }}
        >
          {t(`terms:status.${lot.status}`)}
        </Badge>
      </Group>
      <Text size="sm">
        <Mass milligrams={lot.milligrams} /> · {t(`terms:process.${lot.process}`)} ·{' '}
        <CountryName country={lot.facility.country} /> · <Day time={lot.occurredAt} />
      </Text>
      <Text size="sm" c="dimmed">
        <Rich text={t('lotList.with')} party={<PartyName party={lot.custodian} />} />
      </Text>
      <Contents content={lot.content} />
    </Card>
  );
}
