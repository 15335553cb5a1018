import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { Certificate } from '../../verification/certificate.ts';
import { useWasOpened } from '../components/useWasOpened.ts';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { useSaid } from '../i18n/said.ts';
import type { Translate } from '../i18n/translator.ts';
import type { Lacking } from './AskForm.tsx';

const AskForm = lazy(async () => ({ default: (await import('./AskForm.tsx')).AskForm }));

/** Asks whoever is responsible for a site, a party or a dispatch for what the certificate lacks of it. */
export function AskForEvidence({ certificate }: { certificate: Certificate }) {
  const t = useT('certificate');
  const { wasOpened, details } = useWasOpened();
  const lacking = lackingIn(certificate, t, useSaid());
  if (lacking.length === 0) return null;
  return (
    <details {...details}>
      <summary>{t('ask.open')}</summary>
      {wasOpened && (
        <Suspense fallback={<Loader aria-label={t('common:loading')} />}>
          <AskForm lot={certificate.lot.id} lacking={lacking} />
        </Suspense>
      )}
    </details>
  );
}

function lackingIn(
  { findings, missing }: Certificate,
  t: Translate<'certificate'>,
  said: ReturnType<typeof useSaid>,
): Lacking[] {
  const found = findings
    .filter(({ severity }) => severity !== 'information')
    .flatMap(({ title, wording, rule, sites }) =>
      sites.map(({ facility, name }) => ({
        label: t('ask.siteOf', {
          title: said(title, wording.title).children,
          site: name ?? `${t('common:site')} ${shortId(facility)}`,
        }),
        ...{ subject: facility, rule },
      })),
    );
  const documents = missing.flatMap(({ subject, detail, wording }) =>
    wording ? [{ label: said(detail, wording).children, subject, rule: undefined }] : [],
  );
  return [...found, ...documents];
}
