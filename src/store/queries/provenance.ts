import type { Hex } from '../../protocol/hex.ts';
import type { HistoryLength, SummarisedLot } from '../../provenance/summary.ts';
import { journeysIn, livesOf, restoringsIn } from '../lives.ts';
import type { Db } from '../schema.ts';
import { summariesOf } from '../summaries.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes } from '../values.ts';
import { contentsOf } from './contents.ts';

/** How long a lot's history is at most. Null where there is no such lot. */
export async function historyLengthOf(db: Db, lot: Hex): Promise<HistoryLength | null> {
  const row = await db
    .selectFrom('lot')
    .innerJoin('production_summary', 'production_summary.production', 'lot.production')
    .select(['productions', 'lots'])
    .where('lot.id', '=', bytes(lot))
    .executeTakeFirst();
  return row ?? null;
}

/** A lot with all that its provenance follows from, whatever the size of its history. Null where there is no such lot. */
export function provenanceOf(db: Db, lot: Hex): Promise<(SummarisedLot & { production: Hex }) | null> {
  return inSnapshot(db, async (trx) => {
    const row = await trx
      .selectFrom('lot')
      .innerJoin('production', 'production.id', 'lot.production')
      .select(['lot.production', 'lot.milligrams', 'production.facility as bornAt'])
      .where('lot.id', '=', bytes(lot))
      .executeTakeFirst();
    if (!row) return null;
    const [contents, lives, summaries] = await Promise.all([
      contentsOf(trx, [lot]),
      livesOf(trx, [lot]),
      summariesOf(trx, [row.production]),
    ]);
    const { production, milligrams, bornAt } = row;
    const made = summaries.get(production);
    if (!made) throw new Error(`Production ${production} has no summary`);
    const life = lives.get(lot) ?? [];
    return {
      ...{ lot, production, milligrams, bornAt, made, content: contents.get(lot) ?? [] },
      ...{ journeys: journeysIn(life), restored: restoringsIn(life) },
    };
  });
}
