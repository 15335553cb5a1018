import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import type { Identity } from './identity.ts';
import { makeKey } from './keys.ts';
import { saveKeystore } from './save-keystore.ts';

const SHORTEST = 10;

/** A new key: a name, a password, and its file saved at once. */
export function MakeKey({ onMade }: { onMade: (identity: Identity) => void }) {
  const t = useT('session');
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [part, setPart] = useState(0);
  const making = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const { key, signer } = await makeKey(name.trim(), password, setPart);
      saveKeystore(key);
      await queries.invalidateQueries({ queryKey: ['keys'] });
      onMade({ kind: 'key', account: key.account, party: key.party, name: key.name, signer });
    },
  });
  const isShort = password !== '' && password.length < SHORTEST;
  const make = (event: FormEvent) => {
    event.preventDefault();
    if (password.length >= SHORTEST) making.mutate();
  };
  return (
    <form onSubmit={make}>
      <Stack gap="xs">
        <TextInput
          label={t('keys.name')}
          required
          maxLength={80}
          value={name}
          autoComplete="organization"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('keys.password')}
          description={t('keys.passwordHint')}
          required
          value={password}
          autoComplete="new-password"
          error={isShort && t('keys.tooShort', { length: password.length })}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" disabled={making.isPending}>
          {making.isPending ? t('keys.working', { percent: Math.floor(part * 100) }) : t('keys.create')}
        </Button>
      </Stack>
    </form>
  );
}
