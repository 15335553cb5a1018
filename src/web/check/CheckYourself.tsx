import { Anchor, Button, Card, Loader, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { useIsHere } from '../components/useIsHere.ts';
import { loadParts, useT } from '../i18n/i18n.ts';
import { urls } from '../urls.ts';

/** Loaded once it is asked for: the verifier is larger than the rest of the page. */
const CheckPanel = lazy(async () => {
  const [{ CheckPanel }] = await Promise.all([import('./CheckPanel.tsx'), loadParts(['check'])]);
  return { default: CheckPanel };
});

/** The certificate checked by the browser itself, and the file that does so anywhere. @param asked the policy, by name */
export function CheckYourself({ certificate, asked }: { certificate: Certificate; asked: string | null }) {
  const t = useT('certificate');
  const isHere = useIsHere();
  const [isAsked, setAsked] = useState(false);
  const { lot, policy } = certificate;
  return (
    <Card component="section" withBorder padding="md" aria-labelledby="check" className="no-print">
      <Title order={2} size="h3" id="check" mb={4}>
        {t('check.title')}
      </Title>
      <Text size="sm" mb="sm">
        {t('check.lead')}
      </Text>
      {isAsked ? (
        <Suspense fallback={<Loader aria-label={t('check.loading')} />}>
          <CheckPanel certificate={certificate} asked={asked} />
        </Suspense>
      ) : (
        <Button disabled={!isHere} onClick={() => setAsked(true)}>
          {t('check.start')}
        </Button>
      )}
      <Text size="sm" mt="sm">
        <Anchor href={urls.certificateFile(lot.id, policy.id)} download>
          {t('check.download')}
        </Anchor>{' '}
        {t('check.downloadLead')}
      </Text>
    </Card>
  );
}
