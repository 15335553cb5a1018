import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { commodityOf } from '../../protocol/commodities.ts';
import { queries } from '../api.ts';
import { AskForEvidence } from '../certificate/AskForEvidence.tsx';
import { Attestations } from '../certificate/Attestations.tsx';
import { Corrections } from '../certificate/Corrections.tsx';
import { CustodyChain } from '../certificate/CustodyChain.tsx';
import { Findings } from '../certificate/Findings.tsx';
import { LotHeading } from '../certificate/LotHeading.tsx';
import { LotLabel } from '../certificate/LotLabel.tsx';
import { OriginShares } from '../certificate/OriginShares.tsx';
import { Papers } from '../certificate/Papers.tsx';
import { Rules } from '../certificate/Rules.tsx';
import { Verdict } from '../certificate/Verdict.tsx';
import { CheckYourself } from '../check/CheckYourself.tsx';
import { Failure } from '../components/Failure.tsx';
import { readableTime } from '../format.ts';
import { urls } from '../urls.ts';

export function CertificatePage({ lot }: { lot: string }) {
  const { data, error, refetch } = useQuery(queries.certificate(lot));
  useEffect(() => {
    document.title = data
      ? `${commodityOf(data.lot.commodity).name}: ${data.verdict} – Lodebook`
      : 'Lodebook';
  }, [data]);
  if (error) return <Failure what="The certificate could not be read" error={error} retry={refetch} />;
  if (!data) return <Loader aria-label="Reading the certificate" />;
  return (
    <Stack gap="xl">
      <LotHeading certificate={data} />
      <Verdict certificate={data} />
      <CheckYourself certificate={data} />
      <Papers lot={lot} />
      {data.lot.status !== 'void' && <LotLabel lot={lot} />}
      <Findings findings={data.findings} severities={['breach', 'gap']} />
      <AskForEvidence certificate={data} />
      <Corrections corrections={data.corrections} />
      <OriginShares certificate={data} />
      <Attestations certificate={data} />
      <Findings findings={data.findings} severities={['information']} />
      <CustodyChain certificate={data} />
      <Rules rules={data.rules} />
      <Text size="sm" c="dimmed">
        Computed from the chain as of block {data.asOf.block}, {readableTime(data.asOf.time)}. Policy{' '}
        <code>
          {data.policy.id} {data.policy.version}
        </code>
        . <Anchor href={urls.certificateJson(lot)}>The same as JSON</Anchor>
      </Text>
    </Stack>
  );
}
