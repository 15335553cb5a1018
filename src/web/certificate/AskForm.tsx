import '@mantine/core/styles/Input.layer.css';
import { Alert, Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask } from '../api.ts';
import { ProblemText } from '../components/ProblemText.tsx';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { urls } from '../urls.ts';

/** Something of the certificate that evidence would mend: its subject, and the rule, if it is a finding. */
export type Lacking = { readonly label: string; readonly subject: string; readonly rule: string | undefined };

/** @param props.lacking at least one */
export function AskForm({ lot, lacking }: { lot: string; lacking: readonly Lacking[] }) {
  const t = useT('certificate');
  const [place, setPlace] = useState(0);
  const [message, setMessage] = useState('');
  const [contact, setContact] = useState('');
  const sending = useMutation({ mutationFn: ask });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { subject, rule } = lacking[place] ?? lacking[0] ?? { subject: '' };
    sending.mutate({ subject, rule, message, contact: contact || undefined, lot });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm" mt="sm">
        <NativeSelect
          label={t('ask.about')}
          value={place}
          onChange={(event) => setPlace(Number(event.currentTarget.value))}
          data={lacking.map(({ label }, index) => ({ value: String(index), label }))}
        />
        <Textarea
          label={t('ask.what')}
          required
          maxLength={2_000}
          rows={4}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <TextInput
          label={t('ask.contact')}
          maxLength={200}
          value={contact}
          onChange={(event) => setContact(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed">
          {t('ask.reaches')}
        </Text>
        <Button type="submit" loading={sending.isPending}>
          {t('ask.send')}
        </Button>
        {sending.error && (
          <Alert color="red" title={t('ask.notSent')}>
            <ProblemText error={sending.error} />
          </Alert>
        )}
        {sending.data && (
          <Alert color="green" title={t('ask.sent')}>
            <Rich
              text={t('ask.answerAt')}
              address={<a href={urls.request(sending.data.id)}>{t('ask.address')}</a>}
            />
          </Alert>
        )}
      </Stack>
    </form>
  );
}
