import { Badge, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Mark, type Sign } from '../components/Mark.tsx';
import { RefusalText } from '../components/ProblemText.tsx';
import { readableTime } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { useStore } from '../session/store.ts';
import { urls } from '../urls.ts';
import { forget, forgetDone, outbox } from './outbox.ts';
import { isUnderWay, type Queued, type QueueState } from './queued.ts';

const SIGNS: Record<QueueState, { sign: Sign; tone: string }> = {
  queued: { sign: 'dash', tone: 'note' },
  pending: { sign: 'dash', tone: 'unknown' },
  recorded: { sign: 'check', tone: 'meets' },
  final: { sign: 'check', tone: 'meets' },
  rejected: { sign: 'cross', tone: 'fails' },
};

/** What was signed here, and how far it has come. */
export function Tray() {
  const t = useT('session');
  const [isOpen, setIsOpen] = useState(false);
  const all = useStore(outbox);
  const count = all.filter(isUnderWay).length;
  return (
    <>
      <button
        type="button"
        className="quiet-button"
        aria-label={t('tray.open', { count })}
        title={t('tray.open', { count })}
        onClick={() => setIsOpen(true)}
      >
        <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
          <path
            d="M3 11v5h14v-5M3 11l2-7h10l2 7M3 11h4l1 2h4l1-2h4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinejoin="round"
          />
        </svg>
        {count > 0 && <span className="count">{count}</span>}
      </button>
      <Drawer
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        position="right"
        title={t('tray.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack component="ul" className="plain-list" gap="sm">
          {all.map((queued) => (
            <Row key={queued.id} queued={queued} />
          ))}
        </Stack>
        {all.length === 0 && <Text>{t('tray.none')}</Text>}
        {all.length > count && (
          <Button mt="md" variant="default" onClick={() => void forgetDone()}>
            {t('tray.forget')}
          </Button>
        )}
      </Drawer>
    </>
  );
}

function Row({ queued }: { queued: Queued }) {
  const t = useT('session');
  const { id, statement, state, signedAt, lots } = queued;
  const { sign, tone } = SIGNS[state];
  const what = t(`terms:statement.${statement.type}`);
  return (
    <li className={`tray-row ${tone}`}>
      <Group gap="xs" wrap="nowrap">
        <Mark sign={sign} />
        <Text fw={600}>{what}</Text>
        <Badge variant="light" tt="none" ml="auto">
          {t(`terms:state.${state}`)}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed">
        {readableTime(signedAt)}
      </Text>
      {state === 'queued' && <Text size="sm">{t('tray.queued')}</Text>}
      <Refusals queued={queued} />
      {state !== 'queued' && lots.length > 0 && lots.length <= 5 && (
        <Group gap="xs">
          {lots.map((lot) => (
            <a key={lot} href={urls.lot(lot)} className="short-id">
              {lot.slice(0, 10)}…
            </a>
          ))}
        </Group>
      )}
      {state === 'queued' && (
        <Button size="compact-xs" variant="subtle" onClick={() => void forget(id)}>
          {t('tray.remove', { what })}
        </Button>
      )}
    </li>
  );
}

function Refusals({ queued }: { queued: Queued }) {
  const t = useT('session');
  const { refusal, refusalCode, papersRefusal, papersRefusalCode } = queued;
  return (
    <>
      {refusal !== null && (
        <Text size="sm">
          <Rich text={t('tray.why')} detail={<RefusalText code={refusalCode} words={refusal} />} />
        </Text>
      )}
      {papersRefusal !== null && (
        <Text size="sm">
          <Rich
            text={t('tray.papersRefused')}
            detail={<RefusalText code={papersRefusalCode} words={papersRefusal} />}
          />
        </Text>
      )}
    </>
  );
}
