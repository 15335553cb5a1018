import { Alert, Button, Group, NativeSelect, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { LotSummary } from '../../api/schemas/lots.ts';
import type { FacilitySummary } from '../../api/schemas/parties.ts';
import { type TransportMode, transportModes } from '../../protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { keepEnter } from '../components/keep-enter.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { useStore } from '../session/store.ts';
import { askToSign } from '../signing/ask.ts';
import { type Destination, DestinationInput } from './DestinationInput.tsx';
import { EvidenceEditor } from './fields/EvidenceEditor.tsx';
import { paperIn, type TypedField, twice } from './fields/evidence.ts';
import { SiteSelect } from './fields/SiteSelect.tsx';
import { WhenInput } from './fields/WhenInput.tsx';
import { whenOf } from './fields/when.ts';
import { LotPicker } from './LotPicker.tsx';
import { useMe } from './me.ts';
import { clearSelection, selection } from './selection.ts';

const DAY = 86_400;
/** After that, what nobody received can be called back. */
const RECALL_DAYS = 30;

type SendFormProps = { readonly sites: readonly FacilitySummary[]; readonly lots: readonly LotSummary[] };

export function SendForm({ sites, lots }: SendFormProps) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [, go] = useLocation();
  const ticked = useStore(selection);
  const firstTicked = lots.find(({ id }) => ticked.has(id)) ?? lots[0];
  const [from, setFrom] = useState<Hex>(firstTicked?.facility.id ?? ZERO_BYTES32);
  const [to, setTo] = useState<Destination>({ consignee: null, site: null });
  const [mode, setMode] = useState<TransportMode>('road');
  const [when, setWhen] = useState('');
  const [fields, setFields] = useState<readonly TypedField[]>([]);
  const [isIncomplete, setIsIncomplete] = useState(false);
  const here = lots.filter(({ facility }) => facility.id === from);
  const chosen = here.filter(({ id }) => ticked.has(id));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { consignee, site } = to;
    const isWhole = ground && chosen.length > 0 && consignee && site && !twice(fields);
    setIsIncomplete(!isWhole);
    if (!isWhole) return;
    const paper = paperIn(fields);
    const now = ground.now();
    const message = {
      ...{ consignor: me.party, consignee, from, to: site, mode: transportModes[mode] },
      lots: chosen.map(({ id, head }) => ({ lot: id, head })),
      ...{ recallFrom: now + RECALL_DAYS * DAY, occurredAt: whenOf(when) ?? now },
      ...{ evidence: paper?.root ?? ZERO_BYTES32, recordBy: now + ground.recordBySeconds },
    };
    if (!(await askToSign({ statement: { type: 'Dispatch', message }, papers: paper ? [paper] : [] })))
      return;
    clearSelection();
    go('/');
  };
  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack>
        <SiteSelect
          label={t('send.from')}
          sites={sites.filter(({ id }) => lots.some(({ facility }) => facility.id === id))}
          value={from}
          onChange={setFrom}
        />
        <LotPicker label={t('send.lots')} lots={here} />
        <DestinationInput value={to} onChange={setTo} />
        <Group align="flex-start" grow>
          <NativeSelect
            label={t('send.mode')}
            value={mode}
            onChange={(event) => setMode(event.currentTarget.value as TransportMode)}
            data={(Object.keys(transportModes) as TransportMode[]).map((value) => ({
              value,
              label: t(`terms:mode.${value}`),
            }))}
          />
          <WhenInput label={t('when.label')} value={when} onChange={setWhen} />
        </Group>
        <EvidenceEditor title={t('evidence.title')} fields={fields} onChange={setFields} />
        {isIncomplete && (
          <Alert color="red" role="alert">
            {t(chosen.length === 0 ? 'send.noLot' : 'incomplete')}
          </Alert>
        )}
        <Button type="submit">{t('review')}</Button>
      </Stack>
    </form>
  );
}
