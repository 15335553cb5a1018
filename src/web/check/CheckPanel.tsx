import '@mantine/core/styles/List.layer.css';
import '@mantine/core/styles/Progress.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { queries } from '../api.ts';
import { Failure } from '../components/Failure.tsx';
import { Notice } from '../components/Notice.tsx';
import { readableBytes, readableList } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { CheckResult } from './CheckResult.tsx';
import { CheckSteps } from './CheckSteps.tsx';
import { type Comparison, compareCertificates } from './compare.ts';
import { fetchBundle } from './fetch-bundle.ts';
import { startIn, useCheck } from './useCheck.ts';

const start = startIn(() => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));

/** Fetches the bundle, verifies it here, and compares the certificate with the one that the server shows. */
export function CheckPanel({ certificate, asked }: { certificate: Certificate; asked: string | null }) {
  const t = useT('check');
  const { lot, policy } = certificate;
  const client = useQueryClient();
  const { progress, run } = useCheck(start);
  const [received, setReceived] = useState({ bytes: 0, isAll: false });
  const checking = useMutation({
    mutationFn: async (): Promise<Comparison | null> => {
      const text = await fetchBundle(lot.id, policy.id, (bytes) => setReceived({ bytes, isAll: false }));
      setReceived(({ bytes }) => ({ bytes, isAll: true }));
      const { result } = await run(text);
      if (!result?.ok) return null;
      const compared = compareCertificates(certificate, result.certificate);
      if (compared.kind !== 'block') return compared;
      // The ledger moved on since the page was opened: the page then shows what is newest, as the bundle does.
      const newest = await client.fetchQuery({ ...queries.certificate(lot.id, asked), staleTime: 0 });
      return compareCertificates(newest, result.certificate);
    },
  });
  const { mutate } = checking;
  useEffect(() => mutate(), [mutate]);
  if (checking.error) return <Failure what={t('notFetched')} error={checking.error} retry={() => mutate()} />;
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {t(received.isAll ? 'fetched' : 'fetching', { size: readableBytes(received.bytes) })}
      </Text>
      <CheckSteps progress={progress} />
      <CheckResult progress={progress} />
      {checking.data && <Compared comparison={checking.data} />}
      {!checking.isPending && (
        <Button variant="default" onClick={() => mutate()}>
          {t('again')}
        </Button>
      )}
    </Stack>
  );
}

function Compared({ comparison }: { comparison: Comparison }) {
  const t = useT('check');
  if (comparison.kind === 'otherwise')
    return (
      <Notice tone="fails" title={t('compared.otherwiseTitle')}>
        {t('compared.otherwise', { parts: readableList(comparison.parts.map((part) => t(`part.${part}`))) })}
      </Notice>
    );
  return (
    <Notice tone={comparison.kind === 'block' ? 'unknown' : 'meets'}>
      {t(`compared.${comparison.kind}`)}
    </Notice>
  );
}
