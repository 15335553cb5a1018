import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AttestationSummary } from '../../api/schemas/attestations.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { askToSign } from '../signing/ask.ts';
import { startOf } from './days.ts';

type RevokeProps = { readonly attestation: AttestationSummary; readonly author: Hex };

/** Ends an attestation of one's own: from now on, or from an earlier day where it was wrong by then. */
export function Revoke({ attestation: { id, validFrom }, author }: RevokeProps) {
  const t = useT('auditor');
  const ground = useGround();
  const [isOpen, setIsOpen] = useState(false);
  const [from, setFrom] = useState('');
  const revoke = async (event: FormEvent) => {
    event.preventDefault();
    if (!ground) return;
    const now = ground.now();
    // A day starts before what began in the course of it.
    const effectiveAt = Math.max(validFrom, startOf(from) ?? now);
    const times = { effectiveAt, recordBy: now + ground.recordBySeconds };
    const message = { author, attestation: id, ...times, evidence: ZERO_BYTES32 };
    const signed = await askToSign({ statement: { type: 'Revocation', message }, papers: [] });
    if (signed) setIsOpen(false);
  };
  if (!isOpen)
    return (
      <Button size="xs" variant="default" onClick={() => setIsOpen(true)}>
        {t('attest.revoke')}
      </Button>
    );
  return (
    <form onSubmit={(event) => void revoke(event)}>
      <Stack gap="xs" align="flex-start">
        <TextInput
          type="date"
          size="xs"
          label={t('attest.endsFrom')}
          description={t('attest.endsFromHint')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" size="xs" disabled={!ground}>
            {t('attest.sign')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setIsOpen(false)}>
            {t('common:cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
