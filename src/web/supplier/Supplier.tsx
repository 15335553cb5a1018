import { Button, Loader, Stack, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Failure } from '../components/Failure.tsx';
import { useT } from '../i18n/i18n.ts';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { Admission } from '../session/Admission.tsx';
import { isChoosing } from '../session/choosing.ts';
import { type Identity, session } from '../session/identity.ts';
import { useStore } from '../session/store.ts';
import { isNotAdmitted, useOwnParty } from '../session/useOwnParty.ts';
import { HoldingsPage } from './HoldingsPage.tsx';
import { MeProvider } from './me.ts';
import { SupplierNavigation } from './SupplierNavigation.tsx';

const RegisterPage = lazy(async () => ({ default: (await import('./RegisterPage.tsx')).RegisterPage }));
const TransformPage = lazy(async () => ({ default: (await import('./TransformPage.tsx')).TransformPage }));
const SendPage = lazy(async () => ({ default: (await import('./SendPage.tsx')).SendPage }));
const ReceivePage = lazy(async () => ({ default: (await import('./ReceivePage.tsx')).ReceivePage }));
const ImportPage = lazy(async () => ({ default: (await import('./import/ImportPage.tsx')).ImportPage }));
const SitesPage = lazy(async () => ({ default: (await import('./SitesPage.tsx')).SitesPage }));
const DelegatesPage = lazy(async () => ({ default: (await import('./DelegatesPage.tsx')).DelegatesPage }));
const RequestsPage = lazy(async () => ({ default: (await import('./RequestsPage.tsx')).RequestsPage }));

/** What a supplier does: for somebody, and once that party is on the ledger. */
export function Supplier() {
  const { me } = useStore(session);
  return me ? <Known me={me} /> : <Nobody />;
}

function Nobody() {
  const t = useT('supplier');
  return (
    <Stack align="flex-start">
      <Title order={1}>{t('title')}</Title>
      <Text>{t('nobody')}</Text>
      <Button onClick={() => isChoosing.set(true)}>{t('choose')}</Button>
    </Stack>
  );
}

function Known({ me }: { me: Identity }) {
  const t = useT('supplier');
  const { data, error, refetch } = useOwnParty(me);
  if (isNotAdmitted(error)) return <Admission me={me} />;
  if (error) return <Failure what={t('failed')} error={error} retry={refetch} />;
  if (!data) return <Loader aria-label={t('common:loading')} />;
  return (
    <MeProvider value={{ me, name: data.name ?? me.name }}>
      <SupplierNavigation />
      <Suspense fallback={<Loader aria-label={t('common:loading')} />}>
        <Switch>
          <Route path="/" component={HoldingsPage} />
          <Route path="/register" component={RegisterPage} />
          <Route path="/import" component={ImportPage} />
          <Route path="/transform" component={TransformPage} />
          <Route path="/send" component={SendPage} />
          <Route path="/receive" component={ReceivePage} />
          <Route path="/sites" component={SitesPage} />
          <Route path="/delegates" component={DelegatesPage} />
          <Route path="/requests" component={RequestsPage} />
          <Route component={NotFoundPage} />
        </Switch>
      </Suspense>
    </MeProvider>
  );
}
