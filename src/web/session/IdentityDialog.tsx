import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ProblemText } from '../components/ProblemText.tsx';
import { useT } from '../i18n/i18n.ts';
import { become, leave } from './act.ts';
import { isChoosing } from './choosing.ts';
import { type Identity, session } from './identity.ts';
import { KeyChoice } from './KeyChoice.tsx';
import { PersonaChoice } from './PersonaChoice.tsx';
import { useStore } from './store.ts';
import { WalletChoice } from './WalletChoice.tsx';

/** Who one is: a person of the demo, a wallet, or a key of this browser. */
export function IdentityDialog() {
  const t = useT('session');
  const isOpen = useStore(isChoosing);
  const { me } = useStore(session);
  const close = () => isChoosing.set(false);
  const choosing = useMutation({
    mutationFn: async (identity: Identity) => {
      await become(identity);
      close();
    },
  });
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="lg">
        <Text size="sm">
          {t('intro')} {t('signsIn')}
        </Text>
        {choosing.error && (
          <Alert color="red">
            <ProblemText error={choosing.error} />
          </Alert>
        )}
        <PersonaChoice onChoice={choosing.mutate} />
        <KeyChoice onChoice={choosing.mutate} />
        <WalletChoice onChoice={choosing.mutate} />
        {me && (
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              {t('leave')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}
