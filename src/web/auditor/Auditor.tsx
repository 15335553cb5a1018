import { Link, Route, Switch, useRoute } from 'wouter';
import { useT } from '../i18n/i18n.ts';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { session } from '../session/identity.ts';
import { useStore } from '../session/store.ts';
import './auditor.css';
import { BookPage } from './BookPage.tsx';
import { DeliveriesPage } from './DeliveriesPage.tsx';
import { FindPage } from './FindPage.tsx';
import { LotPage } from './LotPage.tsx';
import { RedFlagsPage } from './RedFlagsPage.tsx';
import { SamplePage } from './SamplePage.tsx';
import { StatementPage } from './StatementPage.tsx';

const PLACES = [
  ['/', 'find'],
  ['/deliveries', 'deliveries'],
  ['/sample', 'sample'],
  ['/red-flags', 'redFlags'],
] as const;

/** What an auditor does: find, follow, compare, draw, take away. */
export function Auditor() {
  const t = useT('auditor');
  // Whoever acts here reads other things: all below is drawn again.
  useStore(session);
  return (
    <>
      <nav aria-label={t('places')} className="places no-print">
        {PLACES.map(([href, name]) => (
          <Place key={href} href={href} name={t(`${name}.title`)} />
        ))}
      </nav>
      <Switch>
        <Route path="/" component={FindPage} />
        <Route path="/lots/:lot" component={LotPage} />
        <Route path="/sites/:site" component={BookPage} />
        <Route path="/deliveries" component={DeliveriesPage} />
        <Route path="/sample" component={SamplePage} />
        <Route path="/red-flags" component={RedFlagsPage} />
        <Route path="/statements/:id" component={StatementPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </>
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
