import { type RawBuilder, sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import type { Db } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';
import { type LotRow, lotsByIds } from './lots.ts';

/** A lot went into a production that gave birth to another. Of what a lot went into, only what stands counts. */
export type AncestryEdge = { readonly from: Hex; readonly to: Hex; readonly production: Hex };

/** Lots by how they came from each other: the lot itself first (depth 0), then by depth; at most `limit` of them. */
export type Ancestry = {
  readonly nodes: readonly (LotRow & { readonly depth: number })[];
  readonly edges: readonly AncestryEdge[];
  readonly truncated: boolean;
};

/** What the lot was made of, back to its origins; of a void lot too. Null where there is no such lot. */
export function ancestorsOf(db: Db, lot: Hex, limit: number): Promise<Ancestry | null> {
  const inputsOfReached = sql`
    select input.lot from reached join lot on lot.id = reached.lot
    join production_input input on input.production = lot.production`;
  return inSnapshot(db, (trx) => walk(trx, lot, { next: inputsOfReached, limit, towards: 'from' }));
}

/** What was made of the lot, by productions that stand. Null where there is no such lot. */
export function descendantsOf(db: Db, lot: Hex, limit: number): Promise<Ancestry | null> {
  const outputsOfReached = sql`
    select lot.id from reached join production_input input on input.lot = reached.lot
    join lot on lot.production = input.production
    where not exists (select from correction where correction.production = input.production)`;
  return inSnapshot(db, (trx) => walk(trx, lot, { next: outputsOfReached, limit, towards: 'to' }));
}

/** `next`: the lots one step from those `reached`. `towards`: the end of an edge that is the further one. */
type Way = { readonly next: RawBuilder<unknown>; readonly limit: number; readonly towards: 'from' | 'to' };

async function walk(db: Db, lot: Hex, { next, limit, towards }: Way): Promise<Ancestry | null> {
  // Each step adds to the rows of the step before, so that the nearest come first, and what is beyond is not read.
  const reached = await sql<{ lot: Hex }>`
    with recursive reached (lot) as (select id from lot where id = ${bytes(lot)} union ${next})
    select lot from reached limit ${limit + 1}`.execute(db);
  const ids = reached.rows.slice(0, limit).map((row) => row.lot);
  if (ids.length === 0) return null;
  const edges = await edgesAmong(db, ids);
  const depths = depthsFrom(lot, edges, towards);
  const rows = await lotsByIds(db, ids);
  const nodes = [...rows.values()]
    .map((row) => ({ ...row, depth: depths.get(row.lot) ?? 0 }))
    .sort((a, b) => a.depth - b.depth || (a.lot < b.lot ? -1 : 1));
  return { nodes, edges, truncated: reached.rows.length > limit };
}

async function edgesAmong(db: Db, lots: readonly Hex[]): Promise<AncestryEdge[]> {
  return db
    .selectFrom('production_input')
    .innerJoin('lot', 'lot.production', 'production_input.production')
    .select(['production_input.lot as from', 'lot.id as to', 'lot.production'])
    .where('production_input.lot', '=', anyOf(lots))
    .where('lot.id', '=', anyOf(lots))
    .orderBy('lot.seq')
    .orderBy('lot.output')
    .orderBy('production_input.position')
    .execute();
}

/** The fewest productions between the lot and each other. */
function depthsFrom(lot: Hex, edges: readonly AncestryEdge[], towards: 'from' | 'to'): Map<Hex, number> {
  const back = towards === 'from' ? 'to' : 'from';
  const edgesOf = Map.groupBy(edges, (edge) => edge[back]);
  const depths = new Map([[lot, 0]]);
  for (const [near, depth] of depths)
    for (const edge of edgesOf.get(near) ?? [])
      if (!depths.has(edge[towards])) depths.set(edge[towards], depth + 1);
  return depths;
}
