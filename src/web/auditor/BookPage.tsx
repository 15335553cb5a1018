import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'wouter';
import type { Page } from '../../api/schemas/common.ts';
import type { FacilityDetail } from '../../api/schemas/parties.ts';
import { Day } from '../components/Day.tsx';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { SiteName } from '../components/SiteName.tsx';
import { useT } from '../i18n/i18n.ts';
import { Attesting } from './Attesting.tsx';
import { startOf } from './days.ts';
import { ImpactView } from './ImpactView.tsx';
import { StatementLink } from './Links.tsx';
import { type Book, type BookLine, pathOf, reading } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';
import { PageButtons, usePages } from './usePages.tsx';

type Row = Book['rows'][number];
type Kind = Row['figures'][number]['kind'];
type Opened = Pick<Row, 'material' | 'recycled' | 'symbol'> & { readonly kind: Kind };
const DAY = 86_400;

/** The mass balance of a site, and the statements behind each figure. */
export function BookPage() {
  const t = useT('auditor');
  const { site = '' } = useParams();
  const [days, setDays] = useState({ from: '', until: '' });
  const [opened, setOpened] = useState<Opened | null>(null);
  const last = startOf(days.until);
  const period = { from: startOf(days.from), until: last === null ? null : last + DAY };
  const path = pathOf(`/v1/facilities/${site}/book`, period);
  const found = useQuery(reading<Book>(path));
  return (
    <Stack>
      <Title order={1}>{t('book.title')}</Title>
      <Text c="dimmed">{t('book.lead')}</Text>
      <Group>
        {(['from', 'until'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`book.${end}`)}
            value={days[end]}
            onChange={(event) => setDays({ ...days, [end]: event.currentTarget.value })}
          />
        ))}
      </Group>
      <Reading of={found}>
        {(book) => (
          <>
            <Title order={2}>
              <SiteName site={{ ...book.facility, facility: book.facility.id }} />
            </Title>
            <PartyName party={book.facility.operator} />
            <Balance book={book} path={path} onOpen={setOpened} />
          </>
        )}
      </Reading>
      {opened && <Lines site={site} period={period} of={opened} />}
      <OfSite site={site} />
    </Stack>
  );
}

/** What auditors say of the site, and where its material is now. */
function OfSite({ site }: { site: string }) {
  const t = useT('auditor');
  const found = useQuery(reading<FacilityDetail>(`/v1/facilities/${site}`));
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="default" className="no-print" w="fit-content" onClick={() => setIsOpen(true)}>
        {t('impact.ofSite')}
      </Button>
      {isOpen && <ImpactView of={`/v1/facilities/${site}/impact`} />}
      <Reading of={found}>{({ id, attestations }) => <Attesting subject={id} said={attestations} />}</Reading>
    </>
  );
}

function Balance({
  book: { rows, asOf },
  path,
  onOpen,
}: {
  book: Book;
  path: string;
  onOpen: (of: Opened) => void;
}) {
  const t = useT('auditor');
  if (rows.length === 0) return <Text>{t('book.none')}</Text>;
  const columns = (['content', 'opening', 'came', 'went', 'closing', 'marks'] as const).map((name) =>
    t(`column.${name}`),
  );
  const kinds = [...new Set(rows.flatMap(({ figures }) => figures.map(({ kind }) => kind)))];
  const paper = [
    t('column.content'),
    t('column.opening'),
    ...kinds.map((kind) => t(`kind.${kind}`)),
    t('column.closing'),
  ];
  const figures = (row: Row, adds: boolean) => (
    <ul className="plain-list">
      {row.figures
        .filter((figure) => figure.adds === adds)
        .map(({ kind, milligrams, statements }) => (
          <li key={kind}>
            <button type="button" className="link-button" onClick={() => onOpen({ ...row, kind })}>
              {t(`kind.${kind}`)} <Mass milligrams={milligrams} /> (
              {t('book.statements', { count: statements })})
            </button>
          </li>
        ))}
    </ul>
  );
  return (
    <>
      <DataTable
        caption={t('book.equation')}
        columns={columns}
        rows={rows.map((row) => ({
          key: `${row.material} ${row.recycled}`,
          cells: [
            nameOf(row, t('common:recycled')),
            <Mass key="opening" milligrams={row.opening} />,
            ...[figures(row, true), figures(row, false)],
            <Mass key="closing" milligrams={row.closing} />,
            <Marks key="marks" marks={row.marks} />,
          ],
        }))}
      />
      <TakeAway
        paper={{
          ...{ title: t('book.title'), columns: paper, query: path, asOf },
          rows: rows.map((row) => [
            ...[nameOf(row, t('common:recycled')), row.opening],
            ...kinds.map((kind) => row.figures.find((figure) => figure.kind === kind)?.milligrams ?? '0'),
            row.closing,
          ]),
        }}
      />
    </>
  );
}

function nameOf({ symbol, recycled }: Pick<Row, 'symbol' | 'recycled'>, word: string): string {
  return recycled ? `${symbol}, ${word}` : symbol;
}

function Marks({ marks }: { marks: Row['marks'] }) {
  const t = useT('auditor');
  return (
    <Stack gap={4}>
      {marks.map(({ mark, milligrams }) => (
        <Badge
          key={mark}
          className="figure-badge"
          variant="light"
          tt="none"
          color={mark === 'negative' || mark === 'moved' ? 'red' : 'yellow'}
        >
          {t(`mark.${mark}`)} <Mass milligrams={milligrams} />
        </Badge>
      ))}
    </Stack>
  );
}

function Lines({
  site,
  period,
  of: { material, recycled, symbol, kind },
}: {
  site: string;
  period: { from: number | null; until: number | null };
  of: Opened;
}) {
  const t = useT('auditor');
  const pages = usePages([site, period.from, period.until, material, recycled, kind].join());
  const query = { ...period, material, recycled, kind, limit: 50, cursor: pages.cursor };
  const path = pathOf(`/v1/facilities/${site}/book/lines`, query);
  const found = useQuery(reading<Page<BookLine>>(path));
  const columns = (['at', 'statement', 'lots', 'mass'] as const).map((name) => t(`column.${name}`));
  const title = `${t(`kind.${kind}`)} · ${nameOf({ symbol, recycled }, t('common:recycled'))}`;
  return (
    <section aria-live="polite">
      <Title order={3}>{title}</Title>
      <Reading of={found}>
        {({ items, next }) => (
          <>
            <DataTable
              caption={t('book.lines')}
              columns={columns}
              rows={items.map((line) => ({
                key: line.statement,
                cells: [
                  <Day key="at" time={line.occurredAt} />,
                  <StatementLink key="statement" id={line.statement} />,
                  ...[line.lots, <Mass key="mass" milligrams={line.milligrams} />],
                ],
              }))}
            />
            <PageButtons pages={pages} next={next} />
            <TakeAway
              paper={{
                ...{ title, columns, query: path, asOf: null },
                rows: items.map((line) => [
                  ...[new Date(line.occurredAt * 1000).toISOString(), line.statement],
                  ...[String(line.lots), line.milligrams],
                ]),
              }}
            />
          </>
        )}
      </Reading>
    </section>
  );
}
