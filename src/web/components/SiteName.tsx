import type { FacilityKind } from '../../protocol/codes.ts';
import { shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { CountryName } from './CountryName.tsx';

type Site = {
  readonly facility: string;
  readonly name: string | null;
  readonly kind: FacilityKind | null;
  readonly country: { readonly numeric: number } | null;
};

/** A site by its disclosed name, or by what it is; and its country. */
export function SiteName({ site: { facility, name, kind, country } }: { site: Site }) {
  const t = useT('common');
  const what = kind === null ? t('site') : t(`terms:kind.${kind}`);
  return (
    <span title={facility}>
      {name ?? t('unnamedSite', { kind: what, id: shortId(facility) })}
      {country && (
        <>
          , <CountryName country={country} />
        </>
      )}
    </span>
  );
}
