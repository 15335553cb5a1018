import type { Hex } from '../../protocol/hex.ts';
import type { SummarisedLot } from '../../provenance/summary.ts';
import type { Db } from '../schema.ts';
import { journeysOf, summariesOf } from '../summaries.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes } from '../values.ts';
import { contentsOf } from './contents.ts';

/** A lot with all that its provenance follows from, whatever the size of its history. Null where there is no such lot. */
export function provenanceOf(db: Db, lot: Hex): Promise<SummarisedLot | null> {
  return inSnapshot(db, async (trx) => {
    const row = await trx
      .selectFrom('lot')
      .select(['id', 'production'])
      .where('id', '=', bytes(lot))
      .executeTakeFirst();
    if (!row) return null;
    const [contents, journeys, summaries] = [
      await contentsOf(trx, [lot]),
      await journeysOf(trx, [lot]),
      await summariesOf(trx, [row.production]),
    ];
    const made = summaries.get(row.production);
    if (!made) throw new Error(`Production ${row.production} has no summary`);
    return { content: contents.get(lot) ?? [], made, journeys: journeys.get(lot) ?? [] };
  });
}
