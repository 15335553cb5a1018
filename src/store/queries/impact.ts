import { type RawBuilder, sql } from 'kysely';
import { sumContent } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes, bytesArray } from '../values.ts';
import { contentsOf } from './contents.ts';
import { type IndexHead, indexHead } from './head.ts';
import { MOST_LOTS, productionsMadeOf, type RecallRows, RecallTooLarge } from './recall.ts';

/** Times are Unix seconds, as stated: from, included, until, excluded. */
export type Between = { readonly from: number; readonly until: number };

/** Where lots have to have been, or which one is meant. */
export type ImpactSubject =
  | ({ readonly kind: 'facility' | 'party'; readonly id: Hex } & Between)
  | { readonly kind: 'lot'; readonly id: Hex };

export type ImpactRows = {
  readonly seeds: readonly RecallRows['subject'][];
  readonly productions: RecallRows['productions'];
};

/**
 * The lots that a subject touches (those that were made or received at the site, or at a site of the party, in that time;
 * or the lot itself), and what stands of that which was made of them, at the newest block. Void lots do not count. Null
 * where the index is empty.
 * @throws RecallTooLarge  @param most lots
 */
export function impactGraph(
  db: Db,
  subject: ImpactSubject,
  most = MOST_LOTS,
): Promise<{ readonly asOf: IndexHead; readonly graph: ImpactRows } | null> {
  return inSnapshot(db, async (trx) => {
    const asOf = await indexHead(trx);
    if (!asOf) return null;
    const seeds = await seedsOf(trx, subject, most);
    const lots = seeds.map(({ lot }) => lot);
    const productions = await productionsMadeOf(trx, lots, most);
    return { asOf, graph: { seeds, productions: new Map(productions) } };
  });
}

async function seedsOf(db: Db, subject: ImpactSubject, most: number): Promise<RecallRows['subject'][]> {
  const rows = await db
    .selectFrom('lot_current')
    .select(['lot', 'status', 'custodian', 'facility', 'seq'])
    .where('lot', 'in', touchedBy(subject))
    .where('status', '<>', 'void')
    .orderBy('born_seq')
    .orderBy('output')
    .limit(most + 1)
    .execute();
  if (rows.length > most)
    throw new RecallTooLarge(`More than ${most} lots were there: ask about a shorter time.`);
  const contents = await contentsOf(
    db,
    rows.map(({ lot }) => lot),
  );
  return rows.map(({ seq, ...place }) => ({
    ...place,
    spentBy: place.status === 'spent' ? seq : null,
    content: sumContent([contents.get(place.lot) ?? []]),
  }));
}

/** By the times of the statements that made or received them. A party acts at its own sites alone. */
function touchedBy(subject: ImpactSubject): RawBuilder<Hex> {
  if (subject.kind === 'lot') return sql`(select ${bytes(subject.id)}::bytea)`;
  const { id, from, until } = subject;
  const sites =
    subject.kind === 'facility'
      ? sql`${bytesArray([id])}`
      : sql`array(select facility.id::bytea from facility where operator = ${bytes(id)})`;
  return sql`(
    select lot.id from production join lot on lot.production = production.id
    where production.facility = any(${sites}) and occurred_at >= ${from} and occurred_at < ${until}
    union
    select lot_event.lot from dispatch
    join receipt on receipt.dispatch = dispatch.id and receipt.accepted
    join lot_event on lot_event.statement = receipt.id
    where to_facility = any(${sites}) and receipt.occurred_at >= ${from} and receipt.occurred_at < ${until}
  )`;
}
