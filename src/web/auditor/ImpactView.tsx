import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ImpactLine } from '../../api/schemas/impact.ts';
import { Mass } from '../components/Mass.tsx';
import { PartyName } from '../components/PartyName.tsx';
import { useT } from '../i18n/i18n.ts';
import { LotLink } from './Links.tsx';
import { readingLines } from './queries.ts';
import { Reading } from './Reading.tsx';
import { DataTable } from './Table.tsx';
import { TakeAway } from './TakeAway.tsx';

/** Lots that are shown; all of them are in the paper. */
const MOST_SHOWN = 200;
type Lot = Extract<ImpactLine, { kind: 'lot' }>;
type Row = { readonly holder: Extract<ImpactLine, { kind: 'holder' }>['party']; readonly lot: Lot };

/** Every live lot that an attestation, or a site, touches; by holder, with the mass. */
export function ImpactView({ of: path }: { of: string }) {
  const t = useT('auditor');
  const found = useQuery(readingLines<ImpactLine>(path));
  const columns = (['party', 'lot', 'content', 'mass'] as const).map((name) => t(`column.${name}`));
  return (
    <section aria-live="polite">
      <Title order={3}>{t('impact.title')}</Title>
      <Reading of={found}>
        {(lines) => {
          const [head] = lines;
          const rows = rowsOf(lines);
          if (head?.kind !== 'impact' || lines.at(-1)?.kind !== 'end')
            return <Text>{t('impact.cutOff')}</Text>;
          const flat = rows.flatMap(({ holder, lot }) => lot.affected.map((part) => ({ holder, lot, part })));
          return (
            <>
              {head.lots > 0 && (
                <Text>{t('impact.of', { count: head.lots, holders: String(head.holders) })}</Text>
              )}
              <DataTable
                none={t('impact.none')}
                caption={t('impact.table')}
                columns={columns}
                rows={flat.slice(0, MOST_SHOWN).map(({ holder, lot, part }) => ({
                  key: `${lot.id} ${part.material} ${part.recycled}`,
                  cells: [
                    <PartyName key="party" party={holder} />,
                    <LotLink key="lot" id={lot.id} />,
                    part.recycled ? `${part.symbol}, ${t('common:recycled')}` : part.symbol,
                    <Mass key="mass" milligrams={part.milligrams} />,
                  ],
                }))}
              />
              {flat.length > MOST_SHOWN && (
                <Text>{t('impact.inPaper', { count: flat.length - MOST_SHOWN })}</Text>
              )}
              <TakeAway
                paper={{
                  ...{ title: t('impact.title'), columns, query: path, asOf: head.asOf },
                  rows: flat.map(({ holder, lot, part }) => [
                    ...[holder.name ?? holder.id, lot.id, part.recycled ? `${part.symbol} r` : part.symbol],
                    part.milligrams,
                  ]),
                }}
              />
            </>
          );
        }}
      </Reading>
    </section>
  );
}

/** Lots come after the line of their holder. */
function rowsOf(lines: readonly ImpactLine[]): Row[] {
  const rows: Row[] = [];
  let holder: Row['holder'] | null = null;
  for (const line of lines) {
    if (line.kind === 'holder') holder = line.party;
    if (line.kind === 'lot' && holder) rows.push({ holder, lot: line });
  }
  return rows;
}
