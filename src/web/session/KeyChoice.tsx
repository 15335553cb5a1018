import { Button, Group, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { StoredKey } from './browser-store.ts';
import { ImportKey } from './ImportKey.tsx';
import type { Identity } from './identity.ts';
import { storedKeys } from './keys.ts';
import { MakeKey } from './MakeKey.tsx';
import { saveKeystore } from './save-keystore.ts';

type Way = 'none' | 'make' | 'import';

/** The keys of this browser, and two ways to another. */
export function KeyChoice({ onChoice }: { onChoice: (identity: Identity) => void }) {
  const t = useT('session');
  const [way, setWay] = useState<Way>('none');
  const { data: keys = [] } = useQuery({ queryKey: ['keys'], queryFn: storedKeys, networkMode: 'always' });
  return (
    <section aria-labelledby="keys">
      <Title order={3} size="h5" id="keys" mb="xs">
        {t('keys.title')}
      </Title>
      <Stack gap="xs">
        <Group gap="xs">
          {keys.map((key) => (
            <Button key={key.account} variant="default" onClick={() => onChoice(lockedIdentity(key))}>
              {t('keys.open', { name: key.name || shortId(key.account) })}
            </Button>
          ))}
          <Button variant="light" aria-expanded={way === 'make'} onClick={() => setWay('make')}>
            {t('keys.make')}
          </Button>
          <Button variant="light" aria-expanded={way === 'import'} onClick={() => setWay('import')}>
            {t('keys.import')}
          </Button>
        </Group>
        {keys.length > 0 && (
          <Group gap="xs">
            {keys.map((key) => (
              <Button
                key={key.account}
                variant="subtle"
                size="compact-sm"
                className="wrapping"
                onClick={() => saveKeystore(key)}
              >
                {t('keys.export', { name: key.name || shortId(key.account) })}
              </Button>
            ))}
          </Group>
        )}
        {way === 'make' && <MakeKey onMade={onChoice} />}
        {way === 'import' && <ImportKey onImported={onChoice} />}
      </Stack>
    </section>
  );
}

/** Reading needs no password; the first signature asks for it. */
function lockedIdentity({ account, party, name }: StoredKey): Identity {
  return { kind: 'key', account, party, name: name || shortId(account), signer: null };
}
