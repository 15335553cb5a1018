import { Alert, Button, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { ask } from '../api.ts';
import { shortId } from '../format.ts';
import { urls } from '../urls.ts';

/** Something of the certificate that evidence would mend: its subject, and the rule, if it is a finding. */
type Lacking = { readonly label: string; readonly subject: string; readonly rule: string | undefined };

/** Asks whoever is responsible for a site, a party or a dispatch for what the certificate lacks of it. */
export function AskForEvidence({ certificate }: { certificate: Certificate }) {
  const lacking = lackingIn(certificate);
  const [place, setPlace] = useState(0);
  const [message, setMessage] = useState('');
  const [contact, setContact] = useState('');
  const sending = useMutation({ mutationFn: ask });
  if (lacking.length === 0) return null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    const { subject, rule } = lacking[place] ?? lacking[0] ?? { subject: '' };
    sending.mutate({ subject, rule, message, contact: contact || undefined, lot: certificate.lot.id });
  };
  return (
    <details>
      <summary>Ask for what is missing</summary>
      <form onSubmit={send}>
        <Stack gap="sm" mt="sm">
          <NativeSelect
            label="About"
            value={place}
            onChange={(event) => setPlace(Number(event.currentTarget.value))}
            data={lacking.map(({ label }, index) => ({ value: String(index), label }))}
          />
          <Textarea
            label="What you ask for"
            required
            maxLength={2_000}
            autosize
            minRows={3}
            value={message}
            onChange={(event) => setMessage(event.currentTarget.value)}
          />
          <TextInput
            label="Where you can be reached, if you like"
            maxLength={200}
            value={contact}
            onChange={(event) => setContact(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            It reaches the party that is responsible, whether its name is shown here or not.
          </Text>
          <Button type="submit" loading={sending.isPending}>
            Send
          </Button>
          {sending.error && (
            <Alert color="red" title="It was not sent">
              {sending.error.message}
            </Alert>
          )}
          {sending.data && (
            <Alert color="green" title="It was sent">
              The answer will be at <a href={urls.request(sending.data.id)}>this address</a>: keep it.
            </Alert>
          )}
        </Stack>
      </form>
    </details>
  );
}

function lackingIn({ findings, missing }: Certificate): Lacking[] {
  const found = findings
    .filter(({ severity }) => severity !== 'information')
    .flatMap(({ title, rule, sites }) =>
      sites.map(({ facility, name }) => ({
        label: `${title}: ${name ?? `site ${shortId(facility)}`}`,
        ...{ subject: facility, rule },
      })),
    );
  const documents = missing
    .filter(({ what }) => what !== 'record')
    .map(({ subject, detail }) => ({ label: detail, subject, rule: undefined }));
  return [...found, ...documents];
}
