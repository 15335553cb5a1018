import { Button, Card, Loader, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { startWords as words } from './start-words.ts';

/** Loaded once it is asked for: the verifier is larger than the rest of the page. */
const CheckPanel = lazy(async () => ({ default: (await import('./CheckPanel.tsx')).CheckPanel }));

/** The certificate checked by the browser itself. */
export function CheckYourself({ certificate }: { certificate: Certificate }) {
  const [isAsked, setAsked] = useState(false);
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
    </Card>
  );
}
