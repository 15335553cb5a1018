import { sql } from 'kysely';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { LogKey } from '../projections/observation.ts';
import type { Db } from '../schema.ts';
import { anyOf, bytes } from '../values.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';

/** What a device saw of `subject`. `root` and `count` are zero for an inspection, whose findings are evidence. */
export type ObservationRow = {
  readonly id: Hex;
  readonly observer: Hex;
  readonly device: Hex;
  readonly subject: Hex;
  readonly previous: Hex;
  readonly root: Hex;
  readonly count: number;
  readonly from: number;
  readonly until: number;
  readonly recordedAt: number;
  readonly evidence: Hex;
  readonly final: boolean;
};

/** One device's log on a subject: from `first` to `tail`, so many `observations`, with so many `readings` in all. */
export type LogRow = LogKey & {
  readonly first: Hex;
  readonly tail: Hex;
  readonly observations: number;
  readonly readings: number;
  readonly from: number;
  readonly until: number;
};

export type ObservationFilter = {
  readonly subject?: Hex | undefined;
  readonly observer?: Hex | undefined;
  readonly device?: Hex | undefined;
};

/** Newest recorded first. @throws CursorInvalid */
export async function listObservations(
  db: Db,
  { subject, observer, device }: ObservationFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<ObservationRow>> {
  let query = selectObservations(db);
  if (subject !== undefined) query = query.where('subject', '=', bytes(subject));
  if (observer !== undefined) query = query.where('observer', '=', bytes(observer));
  if (device !== undefined) query = query.where('device', '=', bytes(device));
  if (cursor !== undefined) query = query.where('seq', '<', readCursor(cursor, 1)[0] ?? 0);
  const rows = await query
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows, limit, { item: observationRow, position: ({ seq }) => [seq] });
}

/**
 * Every observation of any of the subjects, and of the sites those that name a document, for it may raise a concern. In the
 * order of recording: each log's are in the log's order.
 */
export async function observationsOn(
  db: Db,
  subjects: Iterable<Hex>,
  sites: Iterable<Hex> = [],
): Promise<ObservationRow[]> {
  const rows = await selectObservations(db)
    .where(({ or, and, eb }) =>
      or([
        eb('subject', '=', anyOf(subjects)),
        and([eb('subject', '=', anyOf(sites)), eb('evidence', '<>', bytes(ZERO_BYTES32))]),
      ]),
    )
    .orderBy('seq')
    .execute();
  return rows.map(observationRow);
}

/** The logs on a subject, in the order in which they began. */
export async function logsOn(db: Db, subject: Hex): Promise<LogRow[]> {
  const { rows } = await sql<LogRow>`
    select observer, device, subject, (array_agg(id::bytea order by seq))[1] as first,
      (array_agg(id::bytea order by seq desc))[1] as tail, count(*) as observations, sum(count)::int8 as readings,
      min(observed_from) as "from", max(observed_until) as "until"
    from observation where subject = ${bytes(subject)}
    group by observer, device, subject order by min(seq)`.execute(db);
  return rows;
}

function selectObservations(db: Db) {
  return db
    .selectFrom('observation')
    .innerJoin('chain', (join) => join.onTrue())
    .selectAll('observation')
    .select('chain.finalized');
}

type SelectedObservation = Awaited<ReturnType<ReturnType<typeof selectObservations>['execute']>>[number];

function observationRow(row: SelectedObservation): ObservationRow {
  return {
    id: row.id,
    observer: row.observer,
    device: row.device,
    subject: row.subject,
    previous: row.previous,
    root: row.root,
    count: row.count,
    from: row.observed_from,
    until: row.observed_until,
    recordedAt: row.recorded_at,
    evidence: row.evidence,
    final: row.block <= row.finalized,
  };
}
