import { Alert, Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Day } from '../components/Day.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { StatementLink } from './Links.tsx';
import { pathOf, reading, type Sample } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';

const NOTHING = { size: '25', seed: '', fromBlock: '', toBlock: '' };

/** A random sample of statements that anybody can draw again. */
export function SamplePage() {
  const t = useT('auditor');
  const [asked, setAsked] = useState<typeof NOTHING | null>(null);
  const [typed, setTyped] = useState(NOTHING);
  const set = (name: keyof typeof NOTHING) => (value: string | number) =>
    setTyped({ ...typed, [name]: String(value) });
  const draw = (event: FormEvent) => {
    event.preventDefault();
    setAsked(typed);
  };
  return (
    <Stack>
      <Title order={1}>{t('sample.title')}</Title>
      <Text c="dimmed">{t('sample.lead')}</Text>
      <form onSubmit={draw}>
        <Group align="flex-end">
          <NumberInput
            label={t('sample.size')}
            min={1}
            max={1000}
            value={Number(typed.size)}
            onChange={set('size')}
          />
          <NumberInput
            label={t('sample.fromBlock')}
            min={0}
            value={typed.fromBlock}
            onChange={set('fromBlock')}
          />
          <NumberInput label={t('sample.toBlock')} min={0} value={typed.toBlock} onChange={set('toBlock')} />
          <TextInput
            className="grow"
            label={t('sample.seed')}
            description={t('sample.seedHint')}
            pattern="0x[0-9a-fA-F]{64}"
            value={typed.seed}
            onChange={(event) => set('seed')(event.currentTarget.value)}
          />
          <Button type="submit">{t('sample.draw')}</Button>
        </Group>
      </form>
      {asked && <Drawn path={pathOf('/v1/sample', asked)} />}
    </Stack>
  );
}

function Drawn({ path }: { path: string }) {
  const t = useT('auditor');
  const found = useQuery(reading<Sample>(path));
  const columns = (['place', 'type', 'party', 'at', 'statement', 'key'] as const).map((name) =>
    t(`column.${name}`),
  );
  return (
    <Reading of={found}>
      {({ seed, population, drawn, asOf }) => (
        <>
          {!seed.isLater && <Alert color="yellow">{t('sample.notLater')}</Alert>}
          <Text>
            {t('sample.of', {
              count: population.size,
              from: String(population.fromBlock),
              to: String(population.toBlock),
              block: String(seed.block ?? '?'),
            })}
          </Text>
          <Text size="sm" className="short-id whole-id">
            {t('sample.seed')}: {seed.hash}
            <br />
            {t('sample.population')}: {population.hash}
          </Text>
          <DataTable
            caption={t('sample.table')}
            columns={columns}
            rows={drawn.map((one, place) => ({
              key: one.id,
              cells: [
                ...[
                  place + 1,
                  t(`terms:statement.${one.type}`),
                  <PartyName key="party" party={one.author} />,
                ],
                <Day key="at" time={one.recordedAt} />,
                ...[<StatementLink key="statement" id={one.id} />, `${one.key.slice(0, 14)}…`],
              ],
            }))}
          />
          <TakeAway
            paper={{
              ...{ title: t('sample.title'), columns, query: `${path} · seed ${seed.hash}`, asOf },
              rows: drawn.map((one, place) => [
                ...[String(place + 1), one.type, one.author.name ?? one.author.id],
                ...[new Date(one.recordedAt * 1000).toISOString(), one.id, one.key],
              ]),
            }}
          />
        </>
      )}
    </Reading>
  );
}
