import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { materials } from '../../protocol/materials.ts';
import { CountrySelect } from '../components/CountrySelect.tsx';
import { keepEnter } from '../components/keep-enter.ts';
import { LotCard } from '../components/LotCard.tsx';
import { useMaterialName } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { SiteLink, StatementLink } from './Links.tsx';
import { type Found, lotsBy, pathOf, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { PageButtons, usePages } from './usePages.tsx';

const STATUSES = ['held', 'in-transit', 'spent', 'void'] as const;
const NOTHING = {
  q: '',
  commodity: '',
  material: '',
  status: '',
  country: null as number | null,
  scheme: '',
};

/** A lot, party or site by what it is called; lots by what they are. */
export function FindPage() {
  const t = useT('auditor');
  const [asked, setAsked] = useState(NOTHING);
  return (
    <Stack>
      <Title order={1}>{t('find.title')}</Title>
      <Text c="dimmed">{t('find.lead')}</Text>
      <FindForm onAsk={setAsked} />
      {asked.q === '' ? <Lots filter={asked} /> : <Names q={asked.q} />}
    </Stack>
  );
}

function FindForm({ onAsk }: { onAsk: (asked: typeof NOTHING) => void }) {
  const t = useT('auditor');
  const nameOf = useMaterialName();
  const [typed, setTyped] = useState(NOTHING);
  const set =
    (name: Exclude<keyof typeof NOTHING, 'country'>) => (event: { currentTarget: { value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    onAsk(typed);
  };
  const any = { value: '', label: t('find.any') };
  const known = materials.map(({ id }) => ({ value: String(id), label: nameOf(id) }));
  const statuses = STATUSES.map((status) => ({ value: status, label: t(`terms:status.${status}`) }));
  return (
    <form onSubmit={ask} onKeyDown={keepEnter}>
      <Group align="flex-end">
        <TextInput
          className="grow"
          label={t('find.name')}
          description={t('find.nameHint')}
          maxLength={200}
          value={typed.q}
          onChange={set('q')}
        />
        <TextInput
          label={t('find.commodity')}
          description={t('find.commodityHint')}
          pattern="\d{4}|\d{6}"
          inputMode="numeric"
          value={typed.commodity}
          onChange={set('commodity')}
        />
        <NativeSelect
          label={t('find.material')}
          data={[any, ...known]}
          value={typed.material}
          onChange={set('material')}
        />
        <NativeSelect
          label={t('find.status')}
          data={[any, ...statuses]}
          value={typed.status}
          onChange={set('status')}
        />
        <CountrySelect
          label={t('find.country')}
          value={typed.country}
          onChange={(country) => setTyped({ ...typed, country })}
        />
        <TextInput label={t('find.scheme')} maxLength={200} value={typed.scheme} onChange={set('scheme')} />
        <Button type="submit">{t('find.ask')}</Button>
      </Group>
    </form>
  );
}

function Lots({ filter }: { filter: typeof NOTHING }) {
  const t = useT('auditor');
  const { q: _, ...by } = filter;
  const pages = usePages(JSON.stringify(by));
  const found = useQuery(lotsBy({ ...by, limit: 25, cursor: pages.cursor }));
  return (
    <Reading of={found}>
      {({ items, next }) => (
        <>
          <Title order={2}>{t('find.lots')}</Title>
          {items.length === 0 && <NoLots isAll={Object.values(by).every((value) => !value)} />}
          <LotCards lots={items} />
          <PageButtons pages={pages} next={next} />
        </>
      )}
    </Reading>
  );
}

/** On a ledger with no lot there is nothing to find yet. */
function NoLots({ isAll }: { isAll: boolean }) {
  const t = useT('auditor');
  if (!isAll) return <Text>{t('find.none')}</Text>;
  return (
    <Text>
      {t('common:lotList.none')}. {t('common:lotList.noneText')}
    </Text>
  );
}

function LotCards({ lots }: { lots: Found['lots'] }) {
  return (
    <Stack component="ul" gap="sm" className="plain-list">
      {lots.map((lot) => (
        <LotCard
          key={lot.id}
          lot={lot}
          link={(name) => (
            <Link href={`/lots/${lot.id}`} className="cover-link">
              {name}
            </Link>
          )}
        />
      ))}
    </Stack>
  );
}

function Names({ q }: { q: string }) {
  const t = useT('auditor');
  const found = useQuery(reading<Found>(pathOf('/v1/search', { q })));
  return (
    <Reading of={found}>
      {({ parties, facilities, lots, statement, truncated }) => (
        <>
          {parties.length + facilities.length + lots.length === 0 && !statement && (
            <Text>{t('find.none')}</Text>
          )}
          {facilities.length > 0 && <Title order={2}>{t('find.sites')}</Title>}
          <ul>
            {facilities.map((site) => (
              <li key={site.id}>
                <SiteLink site={site} /> · <PartyName party={site.operator} />
              </li>
            ))}
          </ul>
          {parties.length > 0 && <Title order={2}>{t('find.parties')}</Title>}
          <ul>
            {parties.map((party) => (
              <li key={party.id}>
                <Link href={`/deliveries?party=${party.id}`}>
                  <PartyName party={party} />
                </Link>
                {party.lei && ` · LEI ${party.lei}`}
              </li>
            ))}
          </ul>
          {lots.length > 0 && <Title order={2}>{t('find.lots')}</Title>}
          <LotCards lots={lots} />
          {statement && (
            <p>
              {t('find.statement')} <StatementLink id={statement.id} />
            </p>
          )}
          {truncated && <Text>{t('find.more')}</Text>}
        </>
      )}
    </Reading>
  );
}
