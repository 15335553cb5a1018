import { Anchor, Loader, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { queries } from '../api.ts';
import { CountryName } from '../components/CountryName.tsx';
import { Failure } from '../components/Failure.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity } from '../components/names.ts';
import { PartyName } from '../components/PartyName.tsx';
import { readableTime } from '../format.ts';
import { useLanguage, useT } from '../i18n/i18n.ts';
import { Rich } from '../i18n/Rich.tsx';
import { urls } from '../urls.ts';
import { AskForEvidence } from './AskForEvidence.tsx';
import { Attestations } from './Attestations.tsx';
import { Corrections } from './Corrections.tsx';
import { CustodyChain } from './CustodyChain.tsx';
import { Findings } from './Findings.tsx';
import { LotLabel } from './LotLabel.tsx';
import { OriginShares } from './OriginShares.tsx';
import { Papers } from './Papers.tsx';
import { Rules } from './Rules.tsx';
import { answers, Verdict } from './Verdict.tsx';

export function CertificatePage({ lot }: { lot: string }) {
  const t = useT('certificate');
  const language = useLanguage();
  const commodity = useCommodity();
  const { data, error, refetch } = useQuery(queries.certificate(lot));
  const what = data && commodity(data.lot.commodity).name;
  const verdict = data && t(`answer.${answers[data.verdict].word}`);
  useEffect(() => {
    document.title = what && verdict ? t('title', { what, verdict }) : 'Lodebook';
  }, [what, verdict, t]);
  if (error) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('reading')} />;
  return (
    <Stack gap="xl">
      <LotHeading certificate={data} />
      <Verdict certificate={data} />
      <Papers lot={lot} />
      {data.lot.status !== 'void' && <LotLabel lot={lot} />}
      {language !== 'en' && <Text size="sm">{t('inEnglish')}</Text>}
      <Findings findings={data.findings} severities={['breach', 'gap']} />
      <AskForEvidence certificate={data} />
      <Corrections corrections={data.corrections} />
      <OriginShares certificate={data} />
      <Attestations certificate={data} />
      <Findings findings={data.findings} severities={['information']} />
      <CustodyChain certificate={data} />
      <Rules rules={data.rules} />
      <AsOf certificate={data} />
    </Stack>
  );
}

function LotHeading({ certificate: { lot } }: { certificate: Certificate }) {
  const t = useT('certificate');
  const { code, name } = useCommodity()(lot.commodity);
  const country = lot.site.country && (
    <>
      , <CountryName country={lot.site.country} />
    </>
  );
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t(lot.status === 'void' ? 'voidLot' : 'heading')} · HS {code}
      </Text>
      <Title order={1}>{name}</Title>
      <Text>
        <Rich
          text={t('held', { status: t(`terms:status.${lot.status}`) })}
          mass={<Mass milligrams={lot.milligrams} />}
          party={<PartyName party={{ id: lot.holder.party, name: lot.holder.legalName }} />}
          country={country}
        />
      </Text>
      <Text size="xs" c="dimmed" ff="monospace" className="whole-id">
        {lot.id}
      </Text>
    </div>
  );
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
        json={<Anchor href={urls.certificateJson(lot.id)}>{t('sameAsJson')}</Anchor>}
      />
    </Text>
  );
}
