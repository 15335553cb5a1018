import { Text, Title } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { CountryName } from '../components/CountryName.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';

/** What the lot is, how much of it there is, and with whom. */
export function LotHeading({ certificate: { lot } }: { certificate: Certificate }) {
  const t = useT('certificate');
  const { code, name } = useCommodity()(lot.commodity);
  const country = lot.site.country && (
    <>
      , <CountryName country={lot.site.country} />
    </>
  );
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t(lot.status === 'void' ? 'voidLot' : 'heading')} · HS {code}
      </Text>
      <Title order={1}>{name}</Title>
      <Text>
        <Rich
          text={t('held', { status: t(`terms:status.${lot.status}`) })}
          mass={<Mass milligrams={lot.milligrams} />}
          party={<PartyName party={{ id: lot.holder.party, name: lot.holder.legalName }} />}
          country={country}
        />
      </Text>
      <Text size="xs" c="dimmed" ff="monospace" className="whole-id">
        {lot.id}
      </Text>
    </div>
  );
}
