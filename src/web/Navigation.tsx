import { Link, useRoute } from 'wouter';
import { useT } from './i18n/i18n.ts';
import { urls } from './urls.ts';

const PLACES = ['supplier', 'auditor', 'buyer', 'lots'] as const;

/** The workspaces. */
export function Navigation() {
  const t = useT('common');
  return (
    <nav aria-label={t('workspaces')} className="places">
      {PLACES.map((place) => (
        <Place key={place} href={urls[place]} name={t(place)} />
      ))}
    </nav>
  );
}

function Place({ href, name }: { href: string; name: string }) {
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined}>
      {name}
    </Link>
  );
}
