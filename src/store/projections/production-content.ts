import { sql } from 'kysely';
import type { Db } from '../schema.ts';

/** Writes down what went into the productions of these blocks, and what came out: see 0006-recall.sql. */
export async function writeContents(db: Db, { from, to }: { from: number; to: number }): Promise<void> {
  const pair = sql`lpad(material::text, 3, '0') || case when recycled then 'r' else 'p' end`;
  await sql`
    insert into production_content (seq, block, inputs, outputs)
    select seq, block,
      coalesce((
        select string_agg(pair || ' ' || milligrams, ' ' order by pair) from (
          select ${pair} as pair, sum(milligrams) as milligrams
          from production_input input join content on content.lot = input.lot
          where input.production = made.id group by 1
        ) summed
      ), ''),
      coalesce((
        select string_agg(output || ' ' || ${pair} || ' ' || content.milligrams, ' ' order by output, material, recycled)
        from lot join content on content.lot = lot.id where lot.production = made.id
      ), '')
    from production made where block between ${from} and ${to}`.execute(db);
}
