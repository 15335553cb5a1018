import { Frame } from '../components/Frame.tsx';
import { CertificatePage } from './CertificatePage.tsx';

/** The whole page of one lot. @param policy the one to begin with; null: the service's first */
export function CertificateEntry({ lot, policy }: { lot: string; policy: string | null }) {
  return (
    <Frame size="sm">
      <CertificatePage lot={lot} firstPolicy={policy} />
    </Frame>
  );
}
