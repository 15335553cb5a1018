import { Button, FileInput, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type Hex, hex } from '../../protocol/hex.ts';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { Identity } from './identity.ts';
import { importKey, signsFor, WrongPassword } from './keys.ts';

/** A key from a keystore file; of a delegate or a second key, for whom it signs. */
export function ImportKey({ onImported }: { onImported: (identity: Identity) => void }) {
  const t = useT('session');
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState('');
  const [party, setParty] = useState('');
  const isParty = party.trim() === '' || /^0x[0-9a-fA-F]{40}$/.test(party.trim());
  const importing = useMutation({
    networkMode: 'always',
    mutationFn: async (chosen: File) => {
      const { key, signer } = await importKey(await chosen.text(), password);
      const whose: Hex = party.trim() === '' ? key.account : hex(party.trim());
      await signsFor(key.account, whose);
      await queries.invalidateQueries({ queryKey: ['keys'] });
      const name = key.name || shortId(whose);
      onImported({ kind: 'key', account: key.account, party: whose, name, signer });
    },
  });
  const open = (event: FormEvent) => {
    event.preventDefault();
    if (file && isParty) importing.mutate(file);
  };
  const wrong =
    importing.error && t(importing.error instanceof WrongPassword ? 'keys.wrongPassword' : 'keys.noKeystore');
  return (
    <form onSubmit={open}>
      <Stack gap="xs">
        <FileInput
          label={t('keys.file')}
          description={t('keys.importHint')}
          required
          accept="application/json,.json"
          value={file}
          onChange={setFile}
        />
        <PasswordInput
          label={t('keys.password')}
          required
          value={password}
          autoComplete="current-password"
          error={wrong}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <TextInput
          label={t('keys.signsFor')}
          description={t('keys.signsForHint')}
          value={party}
          error={!isParty && t('keys.signsForWrong')}
          onChange={(event) => setParty(event.currentTarget.value)}
        />
        <Button type="submit" loading={importing.isPending}>
          {t('keys.import')}
        </Button>
      </Stack>
    </form>
  );
}
