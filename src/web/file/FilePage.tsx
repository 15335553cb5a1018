import { Button, Container, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { BundleResult } from '../../verification/bundle/verify.ts';
import { Attestations } from '../certificate/Attestations.tsx';
import { Corrections } from '../certificate/Corrections.tsx';
import { CustodyChain } from '../certificate/CustodyChain.tsx';
import { Findings } from '../certificate/Findings.tsx';
import { LotHeading } from '../certificate/LotHeading.tsx';
import { OriginMap } from '../certificate/OriginMap.tsx';
import { OriginShares } from '../certificate/OriginShares.tsx';
import { Rules } from '../certificate/Rules.tsx';
import { Verdict } from '../certificate/Verdict.tsx';
import { CheckResult } from '../check/CheckResult.tsx';
import { CheckSteps } from '../check/CheckSteps.tsx';
import type { Progress } from '../check/progress.ts';
import { type StartCheck, useCheck } from '../check/useCheck.ts';
import { Mark } from '../components/Mark.tsx';
import { readableBytes, readableTime } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { LanguageSwitch } from '../i18n/LanguageSwitch.tsx';
import { useForPrint } from './useForPrint.ts';

type Proven = Extract<BundleResult, { ok: true }>;

/** The whole file: it checks its bundle at once, and shows the certificate only where that holds. */
export function FilePage({ bundle, start }: { bundle: string; start: StartCheck }) {
  const t = useT('check');
  const { progress, run } = useCheck(start);
  useEffect(() => void run(bundle), [run, bundle]);
  useForPrint();
  const { result } = progress;
  return (
    <Container size="sm" py="lg" component="main">
      <Stack gap="xl">
        <Group justify="space-between" component="header">
          <Text className="brand">Lodebook</Text>
          <Text size="sm" c="dimmed">
            {t('file.kind')}
          </Text>
          <div className="no-print">
            <LanguageSwitch />
          </div>
        </Group>
        {result?.ok ? (
          <Checked bundle={bundle} result={result} progress={progress} />
        ) : (
          <Checking progress={progress} />
        )}
      </Stack>
    </Container>
  );
}

function Checking({ progress }: { progress: Progress }) {
  const t = useT('check');
  return (
    <Stack component="section" aria-labelledby="checking">
      <div>
        <Title order={1} size="h2" id="checking">
          {t('file.checking')}
        </Title>
        <Text>{t('file.checkingLead')}</Text>
      </div>
      <CheckResult progress={progress} />
      <CheckSteps progress={progress} />
    </Stack>
  );
}

type CheckedProps = {
  readonly bundle: string;
  readonly result: Proven;
  readonly progress: Progress;
};

function Checked({ bundle, result, progress }: CheckedProps) {
  const t = useT('check');
  const { certificate, signed } = result;
  const statements = Object.values(signed).reduce((sum, count) => sum + count, 0);
  const size = readableBytes(new Blob([bundle]).size);
  return (
    <>
      <Text size="sm" className="meets answer" role="status">
        <Mark sign="check" /> {t('file.holds', { size, count: statements })}
      </Text>
      <LotHeading certificate={certificate} />
      <Verdict certificate={certificate} />
      <Button variant="default" className="no-print print-button" onClick={() => window.print()}>
        {t('file.print')}
      </Button>
      <Findings findings={certificate.findings} severities={['breach', 'gap']} />
      <Corrections corrections={certificate.corrections} />
      <OriginMap byCountry={certificate.byCountry} />
      <OriginShares certificate={certificate} />
      <Attestations certificate={certificate} />
      <Findings findings={certificate.findings} severities={['information']} />
      <CustodyChain certificate={certificate} isAhead />
      <Rules rules={certificate.rules} />
      <Stack component="section" aria-labelledby="how">
        <Title order={2} size="h3" id="how">
          {t('file.how')}
        </Title>
        <Text size="sm">{t('file.verifier')}</Text>
        <CheckResult progress={progress} />
        <CheckSteps progress={progress} />
        <Text size="sm" c="dimmed">
          {t('file.asOf', { block: certificate.asOf.block, time: readableTime(certificate.asOf.time) })}
        </Text>
      </Stack>
    </>
  );
}
