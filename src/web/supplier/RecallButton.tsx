import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { readableDay } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { useLot } from '../session/queries.ts';
import { askToSign } from '../signing/ask.ts';
import { useMe } from './me.ts';

/** Calls a lot back that nobody received, from the day on that its dispatch names. */
export function RecallButton({ lot }: { lot: LotSummary }) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const { data } = useQuery(useLot(lot.id));
  const transit = data?.transit;
  if (!transit || !ground) return null;
  if (ground.now() < transit.recallFrom)
    return (
      <Text size="xs" c="dimmed">
        {t('recall.from', { day: readableDay(transit.recallFrom) })}
      </Text>
    );
  const recall = () => {
    const now = ground.now();
    const times = { occurredAt: now, recordBy: now + ground.recordBySeconds };
    const lots = [{ lot: lot.id, milligrams: 0n }];
    const what = {
      party: me.party,
      dispatch: transit.dispatch,
      lots,
      accepted: false,
      evidence: ZERO_BYTES32,
    };
    void askToSign({
      statement: { type: 'Receipt', message: { ...what, ...times } },
      papers: [],
      lead: 'recall',
    });
  };
  return (
    <Button size="compact-sm" variant="subtle" onClick={recall}>
      {t('recall.open')}
    </Button>
  );
}
