import { sql } from 'kysely';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Db } from '../../src/store/schema.ts';
import { bytes } from '../../src/store/values.ts';

/**
 * Where a lot's primary cobalt comes from, as one recursive query tells: shares by facility, in floating-point numbers. It
 * goes each way back to the origins, and right only where no two ways meet.
 */
export async function sharesByRecursion(db: Db, lot: Hex): Promise<Map<Hex, number>> {
  const { rows } = await sql<{ facility: Hex; share: number }>`
    with recursive came (production, share) as (
      select production, 1::float8 from lot where id = ${bytes(lot)}
      union all
      select lot.production,
        came.share * content.milligrams::float8 / sum(content.milligrams::float8) over (partition by came.production)
      from came
      join production_input input on input.production = came.production
      join lot on lot.id = input.lot
      join content on content.lot = lot.id and content.material = 27 and not content.recycled
    )
    select production.facility, sum(came.share) as share
    from came join production on production.id = came.production
    where production.process <= 3 group by production.facility`.execute(db);
  return new Map(rows.map(({ facility, share }) => [facility, share]));
}
