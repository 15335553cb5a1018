import type { CertificateSite } from '../../verification/certificate.ts';
import { readableTerm, shortId } from '../format.ts';
import { CountryName } from './CountryName.tsx';

/** A site by its disclosed name, or by what it is; and its country. */
export function SiteName({ site }: { site: CertificateSite }) {
  const kind = site.kind === null ? 'site' : readableTerm(site.kind);
  return (
    <span title={site.facility}>
      {site.name ?? `unnamed ${kind} (${shortId(site.facility)})`}
      {site.country && (
        <>
          , <CountryName country={site.country} />
        </>
      )}
    </span>
  );
}
