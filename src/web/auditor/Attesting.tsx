import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { AttestationSummary } from '../../api/schemas/attestations.ts';
import type { Hex } from '../../protocol/hex.ts';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { isChoosing } from '../session/choosing.ts';
import { session } from '../session/identity.ts';
import { useStore } from '../session/store.ts';
import { ImpactView } from './ImpactView.tsx';
import { StatementLink } from './Links.tsx';
import { MayAttest } from './MayAttest.tsx';
import { Revoke } from './Revoke.tsx';
import { DataTable } from './Table.tsx';

/** What auditors say of a lot or site, and the way to say something, to end it, and to see what it touches. */
export function Attesting({ subject, said }: { subject: Hex; said: readonly AttestationSummary[] }) {
  const t = useT('auditor');
  const { me } = useStore(session);
  const [opened, setOpened] = useState<string | null>(null);
  const columns = (['scheme', 'outcome', 'party', 'from', 'ends', 'statement', 'do'] as const).map((name) =>
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
                    <Revoke attestation={one} author={me.party} />
                  )}
                </Group>,
              ],
            }))}
          />
        )}
        {opened && <ImpactView of={`/v1/attestations/${opened}/impact`} />}
        {me ? (
          <MayAttest subject={subject} me={me} />
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
