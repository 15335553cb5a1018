import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { LotSummary } from '../../api/schemas/lots.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import { ProblemText } from '../components/ProblemText.tsx';
import { useT } from '../i18n/i18n.ts';
import { useClient } from '../session/client.ts';
import { useGround } from '../session/ground.ts';
import { askToSign } from '../signing/ask.ts';
import { newField, paperIn } from './fields/evidence.ts';
import { useMe } from './me.ts';

/** Undoes what made a lot, while nothing of it has moved: its head is still its birth. */
export function CorrectButton({ lot }: { lot: LotSummary }) {
  const t = useT('supplier');
  const [isOpen, setIsOpen] = useState(false);
  if (lot.head !== lot.id) return null;
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setIsOpen(true)}>
        {t('correct.open')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('correct.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <CorrectForm lot={lot} onDone={() => setIsOpen(false)} />
      </Modal>
    </>
  );
}

function CorrectForm({ lot, onDone }: { lot: LotSummary; onDone: () => void }) {
  const t = useT('supplier');
  const { me } = useMe();
  const { client } = useClient();
  const ground = useGround();
  const [reason, setReason] = useState('');
  const correcting = useMutation({
    mutationFn: async () => {
      if (!ground) return;
      const { production } = await client.lot(lot.id);
      const paper = paperIn([newField('reason', reason)]);
      const now = ground.now();
      onDone();
      await askToSign({
        statement: {
          type: 'Correction',
          message: {
            ...{ author: me.party, production: production.id, occurredAt: now },
            ...{ evidence: paper?.root ?? ZERO_BYTES32, recordBy: now + ground.recordBySeconds },
          },
        },
        papers: paper ? [paper] : [],
      });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correcting.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t('correct.text')}</Text>
        <TextInput
          label={t('correct.reason')}
          required
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {correcting.error && (
          <Text c="var(--fails)">
            <ProblemText error={correcting.error} />
          </Text>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={correcting.isPending}>
            {t('review')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
