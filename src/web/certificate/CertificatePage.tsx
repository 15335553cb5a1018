import { Anchor, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { type ApiError, queries } from '../api.ts';
import { CheckYourself } from '../check/CheckYourself.tsx';
import { AsDrawn } from '../components/AsDrawn.tsx';
import { Failure } from '../components/Failure.tsx';
import { useCommodity } from '../components/names.ts';
import { useIsHere } from '../components/useIsHere.ts';
import { readableTime } from '../format.ts';
import { loadParts, useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { urls } from '../urls.ts';
import { AskForEvidence } from './AskForEvidence.tsx';
import { Attestations } from './Attestations.tsx';
import { Concerns } from './Concerns.tsx';
import { Corrections } from './Corrections.tsx';
import { CustodyChain } from './CustodyChain.tsx';
import { Findings } from './Findings.tsx';
import { LotHeading } from './LotHeading.tsx';
import { LotLabel } from './LotLabel.tsx';
import { OriginShares } from './OriginShares.tsx';
import { Papers } from './Papers.tsx';
import { Rules } from './Rules.tsx';
import { usePolicy } from './usePolicy.ts';
import { answers, Verdict } from './Verdict.tsx';

/** Not what the page is opened for: it comes once the certificate stands there. */
const CertificateTools = lazy(async () => {
  const [{ CertificateTools }] = await Promise.all([import('./CertificateTools.tsx'), loadParts(['buyer'])]);
  return { default: CertificateTools };
});

type Props = { readonly lot: string; readonly firstPolicy: string | null };

export function CertificatePage({ lot, firstPolicy }: Props) {
  const t = useT('certificate');
  const [policy, choose] = usePolicy(firstPolicy);
  const { data, error, refetch } = useQuery({
    ...queries.certificate(lot, policy),
    placeholderData: (before) => before,
  });
  const title = useTitle(data);
  useEffect(() => {
    document.title = title;
  }, [title]);
  // It was remembered, and this service no longer has it.
  const isGone = policy !== null && (error as ApiError | null)?.code === 'unknown-policy';
  useEffect(() => {
    if (isGone) choose(null);
  }, [isGone, choose]);
  if (error && !isGone) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('reading')} />;
  // What does something is taken over part by part, each of them a task of its own: a phone can answer in between.
  return (
    <Stack gap="xl">
      <AsDrawn of={[data.lot, data.verdict, data.sentence, data.policy, data.rules]}>
        <Stack gap="xl">
          <LotHeading certificate={data} />
          <Verdict certificate={data} />
        </Stack>
      </AsDrawn>
      <Suspense>
        <Tools certificate={data} policy={policy} onPolicy={choose} />
      </Suspense>
      <Suspense>
        <CheckYourself key={data.policy.id} certificate={data} asked={policy} />
      </Suspense>
      <Suspense>
        <Papers lot={lot} />
      </Suspense>
      <Suspense>{data.lot.status !== 'void' && <LotLabel lot={lot} />}</Suspense>
      <AsDrawn of={[data.findings]}>
        <Findings findings={data.findings} severities={['breach', 'gap']} />
      </AsDrawn>
      <Suspense>
        <AskForEvidence certificate={data} />
      </Suspense>
      <Told certificate={data} />
    </Stack>
  );
}

/** What else the certificate tells, in the order in which it is read. */
function Told({ certificate }: { certificate: Certificate }) {
  const { corrections, concerns, findings, rules, asOf, policy, lot } = certificate;
  return (
    <>
      <AsDrawn of={[corrections]}>
        <Corrections corrections={corrections} />
      </AsDrawn>
      <AsDrawn of={[concerns]}>
        <Concerns concerns={concerns} />
      </AsDrawn>
      <AsDrawn of={[certificate.materials, certificate.byCountry, certificate.origins]}>
        <OriginShares certificate={certificate} />
      </AsDrawn>
      <AsDrawn of={[certificate.attestations, certificate.custody, certificate.sites]}>
        <Attestations certificate={certificate} />
      </AsDrawn>
      <AsDrawn of={[findings]}>
        <Findings findings={findings} severities={['information']} />
      </AsDrawn>
      <Suspense>
        <CustodyChain certificate={certificate} />
      </Suspense>
      <AsDrawn of={[rules]}>
        <Rules rules={rules} />
      </AsDrawn>
      <AsDrawn of={[asOf, policy, lot]}>
        <AsOf certificate={certificate} />
      </AsDrawn>
    </>
  );
}

/** They come with the page's script: nothing stands there before that looks as if it could be done. */
function Tools(props: {
  certificate: Certificate;
  policy: string | null;
  onPolicy: (policy: string) => void;
}) {
  const isHere = useIsHere();
  return (
    <div className="certificate-tools no-print">
      {isHere && (
        <Suspense>
          <CertificateTools {...props} />
        </Suspense>
      )}
    </div>
  );
}

/** What the browser's tab is called. */
export function useTitle(certificate: Certificate | undefined): string {
  const t = useT('certificate');
  const commodity = useCommodity();
  if (!certificate) return 'Lodebook';
  const verdict = t(`answer.${answers[certificate.verdict].word}`);
  return t('title', { what: commodity(certificate.lot.commodity).name, verdict });
}

function AsOf({ certificate: { asOf, policy, lot } }: { certificate: Certificate }) {
  const t = useT('certificate');
  return (
    <Text size="sm" c="dimmed">
      <Rich
        text={t('asOf', { block: asOf.block, time: readableTime(asOf.time) })}
        policy={
          <code>
            {policy.id} {policy.version}
          </code>
        }
        json={<Anchor href={urls.certificateJson(lot.id, policy.id)}>{t('sameAsJson')}</Anchor>}
      />
    </Text>
  );
}
