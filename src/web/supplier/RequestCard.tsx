import { Anchor, Badge, Button, Card, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EvidenceRequest } from '../../api/schemas/requests.ts';
import type { Hex } from '../../protocol/hex.ts';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { ProblemText } from '../components/ProblemText.tsx';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { browserStore } from '../session/browser-store.ts';
import { useClient } from '../session/client.ts';
import { LEDGER } from '../session/queries.ts';
import { urls } from '../urls.ts';
import { useMe } from './me.ts';

/** One request: who asks what of what, and the answer, which is given once. */
export function RequestCard({ request }: { request: EvidenceRequest }) {
  const t = useT('supplier');
  const { asker, answer } = request;
  const who = asker ? <PartyName party={asker} /> : t('requests.stranger');
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between">
        <Text fw={600}>
          <Rich text={t('requests.asks')} party={who} day={<Day time={request.askedAt} />} />
        </Text>
        <Badge variant="light" tt="none" color={answer ? 'gray' : 'lode'}>
          {t(answer ? `requests.${answer.kind}` : 'requests.open')}
        </Badge>
      </Group>
      <Text mt="xs">{request.message}</Text>
      {request.contact && <Text size="sm">{t('requests.contact', { contact: request.contact })}</Text>}
      {request.lot && (
        <Anchor size="sm" href={urls.lot(request.lot)}>
          {t('requests.lot', { id: shortId(request.lot) })}
        </Anchor>
      )}
      {!answer && <AnswerForm request={request} />}
    </Card>
  );
}

function AnswerForm({ request }: { request: EvidenceRequest }) {
  const t = useT('supplier');
  const { me } = useMe();
  const { client } = useClient();
  const queries = useQueryClient();
  const [root, setRoot] = useState('');
  const [note, setNote] = useState('');
  const { data: papers = [] } = useQuery({
    queryKey: ['papers', me.party],
    queryFn: async () =>
      (await (await browserStore()).getAll('papers')).filter(({ party }) => party === me.party),
    networkMode: 'always',
  });
  const answering = useMutation({
    mutationFn: async () => {
      const said = note.trim() === '' ? {} : { note: note.trim() };
      await client.answerRequest(
        request.id,
        root === '' ? { kind: 'declined', ...said } : { kind: 'evidence', id: root as Hex, ...said },
      );
      await queries.invalidateQueries({ queryKey: [LEDGER] });
    },
  });
  const named = papers.map(({ root: id, document }) => {
    const paths = document.fields.flatMap((field) => ('path' in field ? [field.path] : []));
    return {
      value: id,
      label: t('requests.paper', { paths: paths.slice(0, 4).join(', '), id: shortId(id) }),
    };
  });
  return (
    <Stack gap="xs" mt="sm">
      <NativeSelect
        label={t('requests.with')}
        value={root}
        onChange={(event) => setRoot(event.currentTarget.value)}
        data={[{ value: '', label: t('requests.decline') }, ...named]}
      />
      <TextInput
        label={t('requests.note')}
        maxLength={2_000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {answering.error && (
        <Text c="var(--fails)">
          <ProblemText error={answering.error} />
        </Text>
      )}
      <Group justify="flex-end">
        <Button loading={answering.isPending} onClick={() => answering.mutate()}>
          {t('requests.send')}
        </Button>
      </Group>
    </Stack>
  );
}
