import type { CertificateOrigin } from '../../verification/certificate.ts';
import { Mass } from '../components/Mass.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { WideTable } from '../components/WideTable.tsx';
import { readableShare } from '../format.ts';
import { useT } from '../i18n/i18n.ts';

/** The sites that one material comes from, and how it came onto the ledger there. */
export function OriginTable(props: { origins: readonly CertificateOrigin[]; caption: string }) {
  const t = useT('certificate');
  return (
    <WideTable label={props.caption}>
      <caption className="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th>{t('origins.site')}</th>
          <th>{t('origins.how')}</th>
          <th className="right">{t('origins.mass')}</th>
          <th className="right">{t('origins.share')}</th>
        </tr>
      </thead>
      <tbody>
        {props.origins.map((origin) => (
          <tr key={`${origin.site.facility}${origin.process}${origin.recycled}`}>
            <td>
              <SiteName site={origin.site} />
            </td>
            <td>{t(`origins.${origin.kind}`)}</td>
            <td className="right">
              <Mass milligrams={origin.milligrams} />
            </td>
            <td className="right">{readableShare(origin.sharePpm)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
