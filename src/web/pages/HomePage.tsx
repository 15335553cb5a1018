import { Anchor, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { FindLot } from '../components/FindLot.tsx';
import { useT } from '../i18n/i18n.ts';
import { urls } from '../urls.ts';

const PEOPLE = ['supplier', 'auditor', 'buyer'] as const;

/** What Lodebook is, in one look, and three ways in. */
export function HomePage() {
  const t = useT('common');
  return (
    <Stack gap="xl">
      <div className="hero">
        <Title order={1}>{t('home.title')}</Title>
        <Text size="lg" mt="sm">
          {t('home.lead')}
        </Text>
      </div>
      <section aria-labelledby="choose">
        <Title order={2} size="h3" id="choose" mb="sm">
          {t('home.choose')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }} component="ul" className="plain-list">
          {PEOPLE.map((who) => (
            <Card key={who} component="li" withBorder padding="lg" className={`lot-card way-in ${who}`}>
              <Link href={urls[who]} className="cover-link">
                {t(`home.${who}`)}
              </Link>
              <Text size="sm">{t(`home.${who}Text`)}</Text>
            </Card>
          ))}
        </SimpleGrid>
      </section>
      <FindLot />
      <Group gap="lg">
        <Anchor component={Link} href={urls.lots}>
          {t('home.latest')}
        </Anchor>
        <Anchor href={urls.apiDocs}>{t('home.apiDocs')}</Anchor>
      </Group>
    </Stack>
  );
}
