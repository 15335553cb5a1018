import { sql } from 'kysely';
import { processes } from '../../src/protocol/codes.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Db } from '../../src/store/schema.ts';
import { bytes } from '../../src/store/values.ts';

/** A lot, and how many others it descends from. */
export type Sampled = { readonly lot: Hex; readonly ancestors: number };

/** So that a sample is of many productions. */
const LOTS_OF_ONE = 2;

/** The newest packs of the network, which have almost all of it as ancestors; or those with about so many. */
export async function sampleLots(db: Db, ancestors: number, samples: number): Promise<Sampled[]> {
  const made = await productionsOf(db);
  const counted: Sampled[] = [];
  for (const production of made) {
    const lots = await lotsOf(db, production);
    const count = await ancestorsOf(db, lots[0] as Hex);
    counted.push(...lots.slice(0, LOTS_OF_ONE).map((lot) => ({ lot, ancestors: count })));
  }
  const off = ({ ancestors: count }: Sampled) => Math.abs(Math.log((count + 1) / (ancestors + 1)));
  return counted.sort((a, b) => off(a) - off(b)).slice(0, samples);
}

/** Of each kind of production with inputs, the first ones, and the last few of those that made packs. */
async function productionsOf(db: Db): Promise<Hex[]> {
  const { rows } = await sql<{ id: Hex }>`
    (select id from production where process > 3 order by seq limit 24)
    union all
    (select id from production where process = ${processes.assemble} order by seq desc limit 12)`.execute(db);
  return rows.map(({ id }) => id);
}

async function lotsOf(db: Db, production: Hex): Promise<Hex[]> {
  const rows = await db.selectFrom('lot').select('id').where('production', '=', bytes(production)).execute();
  return rows.map(({ id }) => id);
}

async function ancestorsOf(db: Db, lot: Hex): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with recursive reached (production) as (
      select production from lot where id = ${bytes(lot)}
      union
      select lot.production from reached
      join production_input input on input.production = reached.production join lot on lot.id = input.lot
    )
    select count(*) as count from reached
    join production_input input on input.production = reached.production`.execute(db);
  return rows[0]?.count ?? 0;
}
