import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import type { CertificateDrawer, DrawnCertificate, SentCertificate } from '../../api/web/sent.ts';
import type { Certificate } from '../../verification/certificate.ts';
import { queries } from '../api.ts';
import { bundledMessages } from '../i18n/bundled.ts';
import { loadLanguages, speak } from '../i18n/i18n.ts';
import { isLanguage, languageAmong, localeOf } from '../i18n/language.ts';
import { newQueryClient, Providers } from '../Providers.tsx';
import { CertificateEntry } from './CertificateEntry.tsx';
import { useTitle } from './CertificatePage.tsx';
import { useSentence } from './Verdict.tsx';

/** The page of a certificate, drawn before a script runs: on a slow line it is read at once, and without scripts as well. */
await loadLanguages(['common', 'terms', 'certificate'], bundledMessages);

/** A language, and perhaps a country: of what else a tag can say, there is no end, and a server keeps what it has drawn. */
const PLAIN_TAG = /^[a-z]{2}(-[a-z]{2})?$/i;

export const wordsFor: CertificateDrawer['wordsFor'] = (asked) => {
  const tags = asked.filter((tag) => PLAIN_TAG.test(tag));
  const language = languageAmong(tags);
  return { language, locale: localeOf(language, tags) };
};

export const draw: CertificateDrawer['draw'] = (sent) => {
  if (!isLanguage(sent.language)) throw new Error(`There are no messages in ${sent.language}`);
  // Drawing is of a piece: nobody else's words come between.
  speak(sent.language, sent.locale);
  return drawn(sent);
};

function drawn({ lot, policy, answers }: SentCertificate): DrawnCertificate {
  const client = newQueryClient();
  for (const [key, answer] of answers) client.setQueryData(key, answer);
  const certificate = client.getQueryData<Certificate>(queries.certificate(lot, policy).queryKey);
  if (!certificate) throw new Error(`No certificate of ${lot} was given to draw`);
  const body = renderToString(
    <Providers client={client}>
      <CertificateEntry lot={lot} policy={policy} />
    </Providers>,
  );
  client.clear();
  return {
    title: renderToStaticMarkup(<TitleOf certificate={certificate} />),
    description: renderToStaticMarkup(<SentenceOf certificate={certificate} />),
    body,
  };
}

function TitleOf({ certificate }: { certificate: Certificate }) {
  return useTitle(certificate);
}

function SentenceOf({ certificate }: { certificate: Certificate }) {
  return useSentence(certificate);
}
