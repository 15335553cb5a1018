import { Alert, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Hex, ZERO_ACCOUNT } from '../../protocol/hex.ts';
import { SearchSelect } from '../components/SearchSelect.tsx';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useFacilities, useParties } from '../session/queries.ts';
import { SiteSelect } from './fields/SiteSelect.tsx';

export type Destination = { readonly consignee: Hex | null; readonly site: Hex | null };
type DestinationProps = { readonly value: Destination; readonly onChange: (value: Destination) => void };

/** To whom, and to which of their sites. Their newest is meant until another is chosen. */
export function DestinationInput({ value: { consignee, site }, onChange }: DestinationProps) {
  const t = useT('supplier');
  const { data: parties = [], isPending } = useQuery(useParties());
  const { data: sites } = useQuery({
    ...useFacilities(consignee ?? ZERO_ACCOUNT),
    enabled: consignee !== null,
  });
  const first = sites?.[0]?.id;
  useEffect(() => {
    if (first !== undefined && site === null) onChange({ consignee, site: first });
  }, [first, site, consignee, onChange]);
  return (
    <Group align="flex-start" grow>
      <SearchSelect
        label={t('send.consignee')}
        required
        nothingFoundMessage={t('send.noParty')}
        // What is typed before the list is there would mark nothing in it, and Enter take nothing.
        disabled={isPending}
        value={consignee}
        onChange={(party) => onChange({ consignee: party as Hex | null, site: null })}
        data={parties.map(({ id, name }) => ({ value: id, label: name ?? shortId(id) }))}
      />
      {sites && sites.length > 0 && site !== null && (
        <SiteSelect
          label={t('send.to')}
          sites={sites}
          value={site}
          onChange={(chosen) => onChange({ consignee, site: chosen })}
        />
      )}
      {sites?.length === 0 && <Alert color="yellow">{t('send.noSite')}</Alert>}
    </Group>
  );
}
