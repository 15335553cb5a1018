import { Alert, Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { renew, unlock } from './act.ts';
import { session } from './identity.ts';
import { WrongPassword } from './keys.ts';
import { PasswordField } from './PasswordField.tsx';
import { useStore } from './store.ts';

/** For what is for a party alone: signs in, with the key's password where the key is locked. */
export function SignInAgain() {
  const t = useT('session');
  const { me } = useStore(session);
  const [password, setPassword] = useState('');
  const isLocked = me?.kind === 'key' && me.signer === null;
  const signing = useMutation({
    mutationFn: async () => void (await (isLocked ? unlock(password) : renew())),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  const isWrong = signing.error instanceof WrongPassword;
  return (
    <Alert title={t('signInAgain')}>
      <form onSubmit={submit}>
        <Group align="flex-end">
          {isLocked && (
            <PasswordField
              className="grow"
              label={t('keys.unlockTitle', { name: me.name })}
              required
              value={password}
              autoComplete="current-password"
              error={isWrong && t('keys.wrongPassword')}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Button type="submit" loading={signing.isPending}>
            {t('signIn')}
          </Button>
        </Group>
      </form>
    </Alert>
  );
}
