import { Alert, Button, Card, SegmentedControl, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { Day } from '../components/Day.tsx';
import { keepEnter } from '../components/keep-enter.ts';
import { Mass } from '../components/Mass.tsx';
import { useCommodity } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { useGround } from '../session/ground.ts';
import { askToSign } from '../signing/ask.ts';
import { EvidenceEditor } from './fields/EvidenceEditor.tsx';
import { paperIn, type TypedField, twice } from './fields/evidence.ts';
import { MassInput } from './fields/MassInput.tsx';
import { milligramsOf, noMass, type TypedMass } from './fields/mass.ts';
import { useMe } from './me.ts';

type Arrival = { readonly accepted: boolean; readonly weighed: TypedMass };
const UNTOUCHED: Arrival = { accepted: true, weighed: noMass };

type DeliveryProps = { readonly dispatch: Hex; readonly lots: readonly LotSummary[] };

/** One delivery: each lot is taken or refused, with what the scales said. */
export function Delivery({ dispatch, lots }: DeliveryProps) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [arrivals, setArrivals] = useState<Readonly<Record<Hex, Arrival>>>({});
  const [fields, setFields] = useState<readonly TypedField[]>([]);
  const [isWrong, setIsWrong] = useState(false);
  const arrivalOf = (lot: LotSummary) => arrivals[lot.id] ?? UNTOUCHED;
  const isMistyped = lots.some((lot) => {
    const { weighed } = arrivalOf(lot);
    return weighed.number.trim() !== '' && milligramsOf(weighed) === null;
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setIsWrong(isMistyped || twice(fields) !== undefined);
    if (isMistyped || twice(fields) || !ground) return;
    const paper = paperIn(fields);
    for (const accepted of [true, false]) {
      const some = lots.filter((lot) => arrivalOf(lot).accepted === accepted);
      if (some.length === 0) continue;
      const now = ground.now();
      const message = {
        ...{ party: me.party, dispatch, accepted, occurredAt: now, recordBy: now + ground.recordBySeconds },
        lots: some.map((lot) => ({ lot: lot.id, milligrams: milligramsOf(arrivalOf(lot).weighed) ?? 0n })),
        evidence: paper?.root ?? ZERO_BYTES32,
      };
      await askToSign({ statement: { type: 'Receipt', message }, papers: paper ? [paper] : [] });
    }
  };
  const [first] = lots;
  if (!first) return null;
  return (
    <Card withBorder component="form" onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack gap="sm">
        <Text fw={600}>
          <Rich text={t('receive.from')} party={<PartyName party={first.custodian} />} />
        </Text>
        {lots.map((lot) => (
          <LotArrival
            key={lot.id}
            lot={lot}
            value={arrivalOf(lot)}
            onChange={(arrival) => setArrivals({ ...arrivals, [lot.id]: arrival })}
          />
        ))}
        <EvidenceEditor title={t('evidence.title')} fields={fields} onChange={setFields} />
        {isWrong && (
          <Alert color="red" role="alert">
            {t('incomplete')}
          </Alert>
        )}
        <Button type="submit">{t('review')}</Button>
      </Stack>
    </Card>
  );
}

type LotArrivalProps = {
  readonly lot: LotSummary;
  readonly value: Arrival;
  readonly onChange: (value: Arrival) => void;
};

function LotArrival({ lot, value, onChange }: LotArrivalProps) {
  const t = useT('supplier');
  const { name } = useCommodity()(lot.commodity);
  return (
    <fieldset className="lot-arrival">
      <legend>
        {name}, <Mass milligrams={lot.milligrams} />, <Day time={lot.occurredAt} />
      </legend>
      <SegmentedControl
        aria-label={t('receive.decision', { name })}
        data={[
          { value: 'accept', label: t('receive.accept') },
          { value: 'refuse', label: t('receive.refuse') },
        ]}
        value={value.accepted ? 'accept' : 'refuse'}
        onChange={(choice) => onChange({ ...value, accepted: choice === 'accept' })}
      />
      <MassInput
        label={t('receive.weighed')}
        value={value.weighed}
        onChange={(weighed) => onChange({ ...value, weighed })}
      />
    </fieldset>
  );
}
