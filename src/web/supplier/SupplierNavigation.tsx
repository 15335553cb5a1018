import { Link, useRoute } from 'wouter';
import { useT } from '../i18n/i18n.ts';

const PLACES = [
  'holdings',
  'register',
  'import',
  'transform',
  'send',
  'receive',
  'sites',
  'delegates',
  'requests',
] as const;

export function SupplierNavigation() {
  const t = useT('supplier');
  return (
    <nav aria-label={t('title')} className="places sub no-print">
      {PLACES.map((place) => (
        <Place key={place} href={place === 'holdings' ? '/' : `/${place}`} name={t(`places.${place}`)} />
      ))}
    </nav>
  );
}

function Place({ href, name }: { href: string; name: string }) {
  const [isHere] = useRoute(href);
  return (
    <Link href={href} aria-current={isHere ? 'page' : undefined}>
      {name}
    </Link>
  );
}
