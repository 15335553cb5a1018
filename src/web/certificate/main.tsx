// Of Mantine's styles those alone that the certificate is drawn with: a phone at a gate loads them.
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/Text.layer.css';
import '@mantine/core/styles/Title.layer.css';
import '@mantine/core/styles/Anchor.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Card.layer.css';
import '@mantine/core/styles/Group.layer.css';
import '@mantine/core/styles/Stack.layer.css';
import '@mantine/core/styles/Container.layer.css';
import '@mantine/core/styles/Alert.layer.css';
import type { SentCertificate } from '../../api/web/sent.ts';
import { boot } from '../boot.tsx';
import { firstPolicy } from '../first-policy.ts';
import { CertificateEntry } from './CertificateEntry.tsx';

/** The server answers with this entry at `/lots/` and an id alone. */
const lot = decodeURIComponent(location.pathname.split('/')[2] ?? '').toLowerCase();
const policy = new URLSearchParams(location.search).get('policy') ?? firstPolicy();
const sent = sentAlong();

await boot(<CertificateEntry lot={lot} policy={policy} />, ['certificate'], {
  // A policy that this reader chose before, the server did not know of.
  drawn: sent?.policy === policy ? sent : null,
  answers: sent?.answers ?? [],
});

/** Where the lot is known, the server has drawn the page already. */
function sentAlong(): SentCertificate | null {
  const text = document.getElementById('sent')?.textContent;
  return text ? (JSON.parse(text) as SentCertificate) : null;
}
