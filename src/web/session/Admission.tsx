import { Button, Card, Code, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import type { Identity } from './identity.ts';

/** How a new party gets onto the ledger: its key alone makes nobody of it. */
export function Admission({ me, order = 1 }: { me: Identity; order?: 1 | 3 }) {
  const t = useT('session');
  return (
    <Stack>
      <Title order={order}>{t('admission.title', { name: me.name })}</Title>
      <Text>{t('admission.text')}</Text>
      <Card withBorder>
        <Text size="sm" c="dimmed">
          {t('keys.account')}
        </Text>
        <Group>
          <Code className="whole-id">{me.party}</Code>
          <CopyButton value={me.party}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="light" onClick={copy}>
                {t(copied ? 'common:copied' : 'common:copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Card>
      <Text>{t('admission.command')}</Text>
      <Code block className="whole-id wrapped">{`npx lodebook admit ${me.party}`}</Code>
      <Text>{t('admission.then')}</Text>
    </Stack>
  );
}
