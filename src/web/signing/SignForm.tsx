import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { typesOf } from '../../protocol/statements.ts';
import { useT } from '../i18n/i18n.ts';
import { unlock } from '../session/act.ts';
import { useGround } from '../session/ground.ts';
import { session } from '../session/identity.ts';
import { WrongPassword } from '../session/keys.ts';
import { useStore } from '../session/store.ts';
import { typedDataJson } from '../session/wallets.ts';
import { type Draft, signDraft } from './draft.ts';
import { InWords } from './InWords.tsx';
import { leadOf } from './lead.ts';
import { PapersInWords } from './PapersInWords.tsx';
import type { Queued } from './queued.ts';

type SignFormProps = {
  readonly draft: Draft;
  readonly onSigned: (queued: Queued) => void;
  readonly onCancel: () => void;
};

/** A statement in words, word for word, and the button that signs it. */
export function SignForm({ draft, onSigned, onCancel }: SignFormProps) {
  const t = useT('session');
  const ground = useGround();
  const { me } = useStore(session);
  const [password, setPassword] = useState('');
  const signing = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      if (!me || !ground) throw new Error(t('needed'));
      const signer = me.signer ?? (await unlock(password));
      return signDraft(draft, { me, signer, domain: ground.domain, now: ground.now() });
    },
    onSuccess: onSigned,
  });
  const sign = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate();
  };
  const isWrong = signing.error instanceof WrongPassword;
  return (
    <form onSubmit={sign}>
      <Stack gap="sm">
        <Text fw={600}>{t(`sign.lead.${draft.lead ?? leadOf(draft.statement)}`)}</Text>
        <InWords statement={draft.statement} />
        <PapersInWords papers={draft.papers} />
        <Text size="sm" c="dimmed">
          {t('sign.undo')}
        </Text>
        {ground && <Raw draft={draft} domain={ground.domain} />}
        {!navigator.onLine && <Alert color="yellow">{t('sign.offline')}</Alert>}
        {me?.kind === 'key' && me.signer === null && (
          <PasswordInput
            label={t('keys.unlockTitle', { name: me.name })}
            required
            value={password}
            autoComplete="current-password"
            error={isWrong && t('keys.wrongPassword')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {signing.error && !isWrong && (
          <Alert color="red" title={t('sign.failed')} role="alert">
            {signing.error.message}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={signing.isPending} data-autofocus>
            {t('sign.button')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type RawProps = { readonly draft: Draft; readonly domain: Parameters<typeof typedDataJson>[0] };

function Raw({ draft: { statement }, domain }: RawProps) {
  const t = useT('session');
  const message = statement.message as unknown as Record<string, unknown>;
  const json = JSON.parse(typedDataJson(domain, typesOf(statement.type), message)) as unknown;
  return (
    <details>
      <summary>{t('sign.raw')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="raw" tabIndex={0}>
        {JSON.stringify(json, null, 2)}
      </pre>
    </details>
  );
}
