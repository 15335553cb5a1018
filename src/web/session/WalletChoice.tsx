import { Alert, Button, Group, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ProblemText } from '../components/ProblemText.tsx';
import { useT } from '../i18n/i18n.ts';
import type { Identity } from './identity.ts';
import { useStore } from './store.ts';
import { connectWallet, discoverWallets, walletOffers } from './wallets.ts';

/** The wallets that this browser has. */
export function WalletChoice({ onChoice }: { onChoice: (identity: Identity) => void }) {
  const t = useT('session');
  const offers = useStore(walletOffers);
  useEffect(discoverWallets, []);
  const connecting = useMutation({ mutationFn: connectWallet, onSuccess: onChoice });
  return (
    <section aria-labelledby="wallets">
      <Title order={3} size="h5" id="wallets" mb="xs">
        {t('wallets.title')}
      </Title>
      {offers.length === 0 && <Text size="sm">{t('wallets.none')}</Text>}
      <Group>
        {offers.map((offer) => (
          <Button key={offer.info.uuid} variant="default" onClick={() => connecting.mutate(offer)}>
            {offer.info.name}
          </Button>
        ))}
      </Group>
      {connecting.error && (
        <Alert color="red" title={t('wallets.failed')} mt="xs">
          <ProblemText error={connecting.error} />
        </Alert>
      )}
    </section>
  );
}
