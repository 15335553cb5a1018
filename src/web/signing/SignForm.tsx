import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { typesOf } from '../../protocol/statements.ts';
import { ProblemText } from '../components/ProblemText.tsx';
import { useT } from '../i18n/i18n.ts';
import { unlock } from '../session/act.ts';
import { useGround } from '../session/ground.ts';
import { session } from '../session/identity.ts';
import { WrongPassword } from '../session/keys.ts';
import { PasswordField } from '../session/PasswordField.tsx';
import { useStore } from '../session/store.ts';
import { typedDataJson } from '../session/wallets.ts';
import { type Draft, signDrafts } from './draft.ts';
import { InWords } from './InWords.tsx';
import { leadOf } from './lead.ts';
import { PapersInWords } from './PapersInWords.tsx';
import type { Queued } from './queued.ts';

type SignFormProps = {
  /** At least one. */
  readonly drafts: readonly Draft[];
  readonly onSigned: (queued: readonly Queued[]) => void;
  readonly onCancel: () => void;
};

/** A statement in words, word for word, and the button that signs it. */
export function SignForm({ drafts, onSigned, onCancel }: SignFormProps) {
  const t = useT('session');
  const ground = useGround();
  const { me } = useStore(session);
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(0);
  const signing = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      if (!me || !ground) throw new Error(t('needed'));
      const signer = me.signer ?? (await unlock(password));
      const { domain } = ground;
      return signDrafts(drafts, { me, signer, domain, now: ground.now() }, setDone);
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
        {drafts.length > 1 && <Text>{t('sign.several', { count: drafts.length })}</Text>}
        <div className={drafts.length > 1 ? 'several' : undefined}>
          {drafts.map((draft, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: drafts are signed in their order
            <OneDraft key={index} draft={draft} />
          ))}
        </div>
        <Text size="sm" c="dimmed">
          {t('sign.undo')}
        </Text>
        {signing.isPending && drafts.length > 1 && (
          <Progress value={(done * 100) / drafts.length} aria-label={t('sign.button')} />
        )}
        {!navigator.onLine && <Alert color="yellow">{t('sign.offline')}</Alert>}
        {me?.kind === 'key' && me.signer === null && (
          <PasswordField
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
            <ProblemText error={signing.error} />
          </Alert>
        )}
        <Group justify="flex-end" className="stays">
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

function OneDraft({ draft }: { draft: Draft }) {
  const t = useT('session');
  const ground = useGround();
  return (
    <Stack gap="sm">
      <Text fw={600}>{t(`sign.lead.${draft.lead ?? leadOf(draft.statement)}`)}</Text>
      <InWords statement={draft.statement} />
      <PapersInWords papers={draft.papers} />
      {ground && <Raw draft={draft} domain={ground.domain} />}
    </Stack>
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
