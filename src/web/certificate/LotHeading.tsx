import { Text, Title } from '@mantine/core';
import { commodityOf } from '../../protocol/commodities.ts';
import type { Certificate } from '../../verification/certificate.ts';
import { CountryName } from '../components/CountryName.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { readableTerm } from '../format.ts';

/** What the lot is, how much of it there is, and with whom. */
export function LotHeading({ certificate: { lot } }: { certificate: Certificate }) {
  const commodity = commodityOf(lot.commodity);
  return (
    <div>
      <Text size="sm" c="dimmed">
        {lot.status === 'void' ? 'Void lot' : 'Certificate of origin'} · HS {commodity.code}
      </Text>
      <Title order={1}>{commodity.name}</Title>
      <Text>
        <Mass milligrams={lot.milligrams} />, {readableTerm(lot.status)}, with{' '}
        <PartyName party={{ id: lot.holder.party, name: lot.holder.legalName }} />
        {lot.site.country && (
          <>
            , <CountryName country={lot.site.country} />
          </>
        )}
      </Text>
      <Text size="xs" c="dimmed" ff="monospace" className="whole-id">
        {lot.id}
      </Text>
    </div>
  );
}
