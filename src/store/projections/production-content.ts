import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../schema.ts';

/**
 * Writes down what went into the productions of these blocks, and what came out: see 0007-recall.sql. Content is looked up
 * lot by lot (`offset 0` keeps the planner from anything else): tables that are being filled have no statistics, and
 * PostgreSQL would read all of `content` for each production.
 */
export async function writeContents(db: Db, { from, to }: { from: number; to: number }): Promise<void> {
  const pair = sql`lpad(material::text, 3, '0') || case when recycled then 'r' else 'p' end`;
  const contentOf = (lot: RawBuilder<unknown>) =>
    sql`lateral (select ${pair} as pair, milligrams from content where content.lot = ${lot} offset 0) content`;
  await sql`
    insert into production_content (seq, block, inputs, outputs)
    select seq, block,
      coalesce((
        select string_agg(pair || ' ' || milligrams, ' ' order by pair) from (
          select pair, sum(milligrams) as milligrams
          from production_input input, ${contentOf(sql`input.lot`)}
          where input.production = made.id group by pair
        ) summed
      ), ''),
      coalesce((
        select string_agg(output || ' ' || pair || ' ' || content.milligrams, ' ' order by output, pair)
        from lot, ${contentOf(sql`lot.id`)} where lot.production = made.id
      ), '')
    from production made where block between ${from} and ${to}`.execute(db);
}
