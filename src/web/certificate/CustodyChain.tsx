import { Loader, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { AsDrawn } from '../components/AsDrawn.tsx';
import { useWasOpened } from '../components/useWasOpened.ts';
import { useT } from '../i18n/i18n.ts';
import { SitesPassed } from './SitesPassed.tsx';

const CustodySteps = lazy(async () => ({ default: (await import('./CustodySteps.tsx')).CustodySteps }));

type Props = {
  readonly certificate: Certificate;
  /** The steps are there before they are opened: printing opens them, and waits for nothing. */
  readonly isAhead?: boolean;
};

/** Every step of the material, from the mines to the lot; of a long history, every site instead. */
export function CustodyChain({ certificate, isAhead = false }: Props) {
  const t = useT('certificate');
  const { wasOpened, details } = useWasOpened(isAhead);
  const { told, custody: steps, custodyOmitted: omitted, sites } = certificate;
  const count = steps.length;
  return (
    <section aria-labelledby="custody">
      <Title order={2} size="h3" id="custody" mb="sm">
        {t('custody.title')}
      </Title>
      {told === 'by site' && (
        <AsDrawn of={[sites]}>
          <SitesPassed sites={sites} />
        </AsDrawn>
      )}
      <details {...details}>
        <summary>
          {t(told === 'by site' ? 'custody.ownSteps' : 'custody.steps', { count })}{' '}
          {omitted !== null && omitted > 0 && t('custody.omitted', { count: omitted })}
        </summary>
        {wasOpened && (
          <Suspense fallback={<Loader aria-label={t('common:loading')} />}>
            <CustodySteps steps={steps} />
          </Suspense>
        )}
      </details>
    </section>
  );
}
