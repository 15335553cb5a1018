import { Anchor, Button, Card, Loader, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { urls } from '../urls.ts';
import { startWords as words } from './start-words.ts';

/** Loaded once it is asked for: the verifier is larger than the rest of the page. */
const CheckPanel = lazy(async () => ({ default: (await import('./CheckPanel.tsx')).CheckPanel }));

/** The certificate checked by the browser itself, and the file that does so anywhere. */
export function CheckYourself({ certificate }: { certificate: Certificate }) {
  const [isAsked, setAsked] = useState(false);
  const { lot, policy } = certificate;
  return (
    <Card component="section" withBorder padding="md" aria-labelledby="check" className="no-print">
      <Title order={2} size="h3" id="check" mb={4}>
        {words.title}
      </Title>
      <Text size="sm" mb="sm">
        {words.lead}
      </Text>
      {isAsked ? (
        <Suspense fallback={<Loader aria-label={words.loading} />}>
          <CheckPanel certificate={certificate} />
        </Suspense>
      ) : (
        <Button onClick={() => setAsked(true)}>{words.start}</Button>
      )}
      <Text size="sm" mt="sm">
        <Anchor href={urls.certificateFile(lot.id, policy.id)} download>
          {words.download}
        </Anchor>
        : {words.downloadLead}
      </Text>
    </Card>
  );
}
