import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { AttestationSummary } from '../../api/schemas/attestations.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { isChoosing } from '../session/choosing.ts';
import { useGround } from '../session/ground.ts';
import { session } from '../session/identity.ts';
import { useStore } from '../session/store.ts';
import { askToSign } from '../signing/ask.ts';
import { AttestForm } from './AttestForm.tsx';
import { ImpactView } from './ImpactView.tsx';
import { StatementLink } from './Links.tsx';
import { DataTable } from './Table.tsx';

/** What auditors say of a lot or site, and the way to say something, to end it, and to see what it touches. */
export function Attesting({ subject, said }: { subject: Hex; said: readonly AttestationSummary[] }) {
  const t = useT('auditor');
  const { me } = useStore(session);
  const [opened, setOpened] = useState<string | null>(null);
  const columns = (['scheme', 'outcome', 'party', 'from', 'until', 'statement', 'do'] as const).map((name) =>
    t(`column.${name}`),
  );
  return (
    <section>
      <Stack>
        <Title order={2}>{t('attest.title')}</Title>
        {said.length === 0 ? (
          <Text>{t('attest.none')}</Text>
        ) : (
          <DataTable
            caption={t('attest.table')}
            columns={columns}
            rows={said.map((one) => ({
              key: one.id,
              cells: [
                ...[one.scheme, `${t(`terms:outcome.${one.outcome}`)}, ${t(`standing.${one.standing}`)}`],
                <PartyName key="party" party={one.auditor} />,
                ...[<Day key="from" time={one.validFrom} />, <Day key="until" time={one.endsAt} />],
                <StatementLink key="statement" id={one.id} />,
                <Group key="do" gap="xs" className="no-print">
                  <Button size="xs" variant="default" onClick={() => setOpened(one.id)}>
                    {t('attest.impact')}
                  </Button>
                  {me?.party === one.auditor.id && one.standing !== 'revoked' && (
                    <Revoke attestation={one.id} />
                  )}
                </Group>,
              ],
            }))}
          />
        )}
        {opened && <ImpactView of={`/v1/attestations/${opened}/impact`} />}
        {me ? (
          <AttestForm subject={subject} auditor={me.party} />
        ) : (
          <Group className="no-print">
            <Text>{t('attest.whoFirst')}</Text>
            <Button variant="default" onClick={() => isChoosing.set(true)}>
              {t('attest.choose')}
            </Button>
          </Group>
        )}
      </Stack>
    </section>
  );
}

/** Ends an attestation of one's own, from now on. */
function Revoke({ attestation }: { attestation: Hex }) {
  const t = useT('auditor');
  const ground = useGround();
  const { me } = useStore(session);
  const revoke = async () => {
    if (!ground || !me) return;
    const now = ground.now();
    const times = { effectiveAt: now, recordBy: now + ground.recordBySeconds };
    const message = { author: me.party, attestation, ...times, evidence: ZERO_BYTES32 };
    await askToSign({ statement: { type: 'Revocation', message }, papers: [] });
  };
  return (
    <Button size="xs" variant="default" onClick={() => void revoke()}>
      {t('attest.revoke')}
    </Button>
  );
}
