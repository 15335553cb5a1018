import { Route, Switch } from 'wouter';
import { Frame } from './components/Frame.tsx';
import { Dialogs } from './Dialogs.tsx';
import { Navigation } from './Navigation.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { LotsPage } from './pages/LotsPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { IdentityButton } from './session/IdentityButton.tsx';
import { LiveMark } from './session/LiveMark.tsx';
import { useLiveLedger } from './session/live.ts';
import { Tray } from './signing/Tray.tsx';
import { urls } from './urls.ts';
import { workspace } from './workspace.tsx';

const Supplier = workspace('supplier', async () => (await import('./supplier/Supplier.tsx')).Supplier);
const Auditor = workspace('auditor', async () => (await import('./auditor/Auditor.tsx')).Auditor);
const Buyer = workspace('buyer', async () => (await import('./buyer/Buyer.tsx')).Buyer);

/** The workspaces, each loaded when it is opened. Certificates are an entry of their own, at `/lots/` and an id. */
export function App() {
  useLiveLedger();
  const aside = (
    <>
      <LiveMark />
      <Tray />
      <IdentityButton />
    </>
  );
  return (
    <Frame size="lg" navigation={<Navigation />} aside={aside}>
      <Switch>
        <Route path={urls.home} component={HomePage} />
        <Route path={urls.lots} component={LotsPage} />
        <Route path={urls.supplier} nest component={Supplier} />
        <Route path={urls.auditor} nest component={Auditor} />
        <Route path={urls.buyer} nest component={Buyer} />
        <Route component={NotFoundPage} />
      </Switch>
      <Dialogs />
    </Frame>
  );
}
