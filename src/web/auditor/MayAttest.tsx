import { Alert, Code, Text } from '@mantine/core';
import type { PartyDetail } from '../../api/schemas/parties.ts';
import type { Hex } from '../../protocol/hex.ts';
import { useT } from '../i18n/i18n.ts';
import { Admission } from '../session/Admission.tsx';
import type { Identity } from '../session/identity.ts';
import { isNotAdmitted, useOwnParty } from '../session/useOwnParty.ts';
import { AttestForm } from './AttestForm.tsx';
import { Reading } from './Reading.tsx';

/** The form to attest, for whoever is accredited under some scheme; for others, how they come to be. */
export function MayAttest({ subject, me }: { subject: Hex; me: Identity }) {
  const t = useT('auditor');
  const found = useOwnParty(me, (party) => schemesOf(party).length === 0);
  if (isNotAdmitted(found.error)) return <Admission me={me} order={3} />;
  return (
    <Reading of={found}>
      {(party) => {
        const schemes = schemesOf(party);
        if (schemes.length > 0) return <AttestForm subject={subject} auditor={me.party} schemes={schemes} />;
        return (
          <Alert title={t('attest.noScheme', { name: me.name })} className="no-print">
            <Text size="sm" mb="xs">
              {t('attest.noSchemeText')}
            </Text>
            <Code block className="whole-id wrapped">{`npx lodebook accredit ${me.party} SCHEME`}</Code>
          </Alert>
        );
      }}
    </Reading>
  );
}

/** What a party is accredited for now. */
function schemesOf({ accreditations }: PartyDetail): string[] {
  return [...new Set(accreditations.filter(({ until }) => until === null).map(({ scheme }) => scheme))];
}
