import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SiteFlow } from '../../api/schemas/auditing.ts';
import { Sankey } from '../components/charts/Sankey.tsx';
import { WorldMap } from '../components/charts/WorldMap.tsx';
import { Mass } from '../components/Mass.tsx';
import { useMaterialName } from '../components/names.ts';
import { readableMass, shortId } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import { LotLink, SiteLink, StatementLink } from './Links.tsx';
import { type FlowLots, pathOf, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';

type Link = SiteFlow['links'][number];
const idOf = ({ from, to, material, recycled }: Link) => `${from} ${to} ${material} ${recycled}`;

/** How the content of a lot came from site to site, drawn and in figures, one material at a time. */
export function FlowView({ lot, as }: { lot: string; as: 'sankey' | 'map' }) {
  const t = useT('auditor');
  const found = useQuery(reading<SiteFlow>(`/v1/lots/${lot}/flow`));
  return (
    <Reading of={found}>
      {(flow) =>
        flow.links.length === 0 ? <Text>{t('flow.none')}</Text> : <OfMaterial flow={flow} as={as} />
      }
    </Reading>
  );
}

function OfMaterial({ flow, as }: { flow: SiteFlow; as: 'sankey' | 'map' }) {
  const t = useT('auditor');
  const nameOf = useMaterialName();
  const there = [...new Set(flow.links.map(({ material }) => material))].sort((a, b) => a - b);
  const [chosen, setChosen] = useState(String(there[0]));
  const [opened, setOpened] = useState<Link | null>(null);
  const links = flow.links.filter(({ material }) => String(material) === chosen);
  const places = placesOf(flow, t('flow.thisLot'));
  const open = ({ id }: { id: string }) => setOpened(links.find((link) => idOf(link) === id) ?? null);
  const named = links.map((link) => ({ ...link, id: idOf(link), isRecycled: link.recycled }));
  return (
    <Stack>
      <NativeSelect
        label={t('find.material')}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={there.map((material) => ({ value: String(material), label: nameOf(material) }))}
      />
      {as === 'sankey' ? (
        <Sankey label={t('flow.title')} places={places} flows={named} onOpen={open} />
      ) : (
        <FlowMap flow={flow} links={links} />
      )}
      <LinkTable flow={flow} links={links} onOpen={setOpened} />
      {opened && <Behind lot={flow.lot} link={opened} />}
    </Stack>
  );
}

function placesOf({ sites }: SiteFlow, theLot: string) {
  const named = sites.map(({ key, facility }) => ({ key, name: facility.name ?? shortId(facility.id) }));
  return [...named, { key: 'lot', name: theLot }];
}

function FlowMap({ flow: { sites }, links }: { flow: SiteFlow; links: readonly Link[] }) {
  const t = useT('auditor');
  const used = new Set(links.flatMap(({ from, to }) => [from, to]));
  const passed = sites.filter(({ key }) => used.has(key));
  const shown = passed.map(({ key, facility: { id, name, country, coordinates } }) => ({
    ...{ key, name: name ?? shortId(id), country: country.numeric, coordinates },
  }));
  const names = new Map(shown.map(({ key, name }) => [key, name]));
  const largest = Math.max(...links.map(({ milligrams }) => Number(milligrams)));
  const legs = links
    .filter(({ to }) => to !== 'lot')
    .map(({ from, to, milligrams }) => ({
      ...{ from, to, weight: Number(milligrams) / largest },
      name: `${names.get(from)} → ${names.get(to)}: ${readableMass(milligrams)}`,
    }));
  return (
    <>
      <WorldMap label={t('map.title')} sites={shown} legs={legs} />
      <Text size="sm" c="dimmed">
        {t('map.note')}
      </Text>
    </>
  );
}

function LinkTable({
  flow: { sites, asOf, lot },
  links,
  onOpen,
}: {
  flow: SiteFlow;
  links: readonly Link[];
  onOpen: (link: Link) => void;
}) {
  const t = useT('auditor');
  const byKey = new Map(sites.map((site) => [site.key, site.facility]));
  const columns = (['from', 'to', 'content', 'mass', 'lots'] as const).map((name) => t(`column.${name}`));
  const what = ({ symbol, recycled }: Link) => (recycled ? `${symbol}, ${t('common:recycled')}` : symbol);
  const site = (key: string) => {
    const facility = byKey.get(key);
    return facility ? <SiteLink key={key} site={facility} /> : t('flow.thisLot');
  };
  const plain = (key: string) => byKey.get(key)?.name ?? byKey.get(key)?.id ?? t('flow.thisLot');
  return (
    <>
      <DataTable
        caption={t('flow.table')}
        columns={columns}
        rows={links.map((link) => ({
          key: idOf(link),
          cells: [
            ...[site(link.from), site(link.to), what(link), <Mass key="mass" milligrams={link.milligrams} />],
            <button type="button" key="lots" className="link-button" onClick={() => onOpen(link)}>
              {t('graph.lots', { count: link.lots })}
            </button>,
          ],
        }))}
      />
      <TakeAway
        paper={{
          ...{ title: t('flow.title'), columns, query: `/v1/lots/${lot}/flow`, asOf },
          rows: links.map((link) => [
            plain(link.from),
            plain(link.to),
            what(link),
            link.milligrams,
            String(link.lots),
          ]),
        }}
      />
    </>
  );
}

/** The lots of one link, with the statements that made and used them. */
function Behind({ lot, link: { from, to, material, recycled } }: { lot: string; link: Link }) {
  const t = useT('auditor');
  const found = useQuery(
    reading<FlowLots>(pathOf(`/v1/lots/${lot}/flow/lots`, { from, to, material, recycled })),
  );
  return (
    <section aria-live="polite">
      <Title order={3}>{t('flow.behind')}</Title>
      <Reading of={found}>
        {({ lots, leftOut }) => (
          <>
            <DataTable
              caption={t('flow.behind')}
              columns={(['lot', 'usedBy', 'mass'] as const).map((name) => t(`column.${name}`))}
              rows={lots.map((one) => ({
                key: one.lot,
                cells: [
                  <LotLink key="lot" id={one.lot} />,
                  one.spentBy && <StatementLink key="used" id={one.spentBy} />,
                  <Mass key="mass" milligrams={one.milligrams} />,
                ],
              }))}
            />
            {leftOut > 0 && <Text>{t('flow.leftOut', { count: leftOut })}</Text>}
          </>
        )}
      </Reading>
    </section>
  );
}
