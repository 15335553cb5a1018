import { Badge, Button, Group, ScrollArea, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { findCountry } from '../../protocol/countries.ts';
import { useCountryName } from '../components/names.ts';
import { useT } from '../i18n/i18n.ts';
import { useClient } from './client.ts';
import type { Identity } from './identity.ts';
import { type Persona, personaIdentity } from './personas.ts';

/** The people of the demo, where it runs; elsewhere nothing. */
export function PersonaChoice({ onChoice }: { onChoice: (identity: Identity) => void }) {
  const t = useT('session');
  const { client } = useClient();
  const [wanted, setWanted] = useState('');
  const { data } = useQuery({ queryKey: ['personas'], queryFn: () => client.personas(), staleTime: 60_000 });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  const matching = items.filter(({ name }) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
  return (
    <section aria-labelledby="personas">
      <Group gap="xs" mb={4}>
        <Title order={3} size="h5" id="personas">
          {t('personas.title')}
        </Title>
        <Badge color="yellow" variant="light" tt="none">
          {t('demoBadge')}
        </Badge>
      </Group>
      <Text size="sm" mb="xs">
        {t('personas.text')}
      </Text>
      <TextInput
        aria-label={t('personas.filter')}
        placeholder={t('personas.filter')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        mb="xs"
      />
      <ScrollArea.Autosize mah={240} type="auto" viewportProps={{ tabIndex: 0 }}>
        {(['supplier', 'auditor'] as const).map((role) => (
          <People
            key={role}
            title={t(role === 'supplier' ? 'personas.suppliers' : 'personas.auditors')}
            people={matching.filter((persona) => persona.role === role)}
            onChoice={onChoice}
          />
        ))}
      </ScrollArea.Autosize>
    </section>
  );
}

type PeopleProps = {
  readonly title: string;
  readonly people: readonly Persona[];
  readonly onChoice: (identity: Identity) => void;
};

function People({ title, people, onChoice }: PeopleProps) {
  const countryName = useCountryName();
  if (people.length === 0) return null;
  return (
    <>
      <Text size="xs" fw={600} mt={6}>
        {title}
      </Text>
      <ul className="plain-list">
        {people.map((persona) => (
          <li key={persona.party}>
            <Button
              variant="subtle"
              fullWidth
              justify="space-between"
              onClick={() => onChoice(personaIdentity(persona))}
              rightSection={
                <Text size="xs" c="dimmed" component="span">
                  {countryName(findCountry(persona.country)?.numeric ?? 0)}
                </Text>
              }
            >
              {persona.name}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
