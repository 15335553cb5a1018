import { Anchor, Container, Group, Text } from '@mantine/core';
import { Link, Route, Switch } from 'wouter';
import { CertificatePage } from './pages/CertificatePage.tsx';
import { LotsPage } from './pages/LotsPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { urls } from './urls.ts';

export function App() {
  return (
    <>
      <a href="#content" className="skip">
        Skip to the content
      </a>
      <Container size="sm" component="header" py="md">
        <Group justify="space-between">
          <Link href={urls.lots} className="brand">
            <img src="/lodebook.svg" alt="" width={28} height={28} />
            Lodebook
          </Link>
          <Anchor href={urls.apiDocs} size="sm">
            API
          </Anchor>
        </Group>
      </Container>
      <Container size="sm" component="main" id="content" pb="xl">
        <Switch>
          <Route path={urls.lots} component={LotsPage} />
          <Route path="/lots/:lot">{({ lot }) => <CertificatePage lot={lot.toLowerCase()} />}</Route>
          <Route component={NotFoundPage} />
        </Switch>
      </Container>
      <Container size="sm" component="footer" py="lg">
        <Text size="xs" c="dimmed">
          What stands here is folded from signed statements on a chain. Masses are exact to the milligram;
          times are UTC.
        </Text>
      </Container>
    </>
  );
}
