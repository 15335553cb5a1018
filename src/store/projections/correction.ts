import { sql } from 'kysely';
import type { Hex } from '../../protocol/hex.ts';
import { birthsOf } from '../../protocol/lots.ts';
import type { Db } from '../schema.ts';
import { bytes } from '../values.ts';
import type { LotEvent } from './lot-event.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

/**
 * Its production is undone, and kept: the outputs are void, the inputs are held again, where they were before. Whatever
 * counts productions (what spent a lot, quotas, descendants) leaves out those that were corrected.
 */
export const correction: Projection<'Correction'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: (id, { production }, { corrected }) => {
    if (!corrected) return [];
    const outputs = birthsOf(production, corrected.outputs);
    return [
      ...corrected.inputs.map(({ lot }) => ({ lot, extends: production, head: id, status: 'held' as const })),
      ...outputs.map(({ lot }) => ({ lot, extends: lot, head: id, status: 'void' as const })),
    ];
  },

  // One after the other: of two in a block, the second may undo what spent a lot that the first gave back.
  insert: async (batch, recorded) => {
    for (const one of recorded) {
      batch.insert('correction', [correctionRow(one)]);
      batch.insertEvents(await eventsOf(batch.db, one));
    }
  },
};

function correctionRow({ place, id, message }: Recorded<'Correction'>) {
  return {
    ...placeColumns(place),
    id: bytes(id),
    author: bytes(message.author),
    production: bytes(message.production),
    occurred_at: message.occurredAt,
    evidence: bytes(message.evidence),
  };
}

async function eventsOf(db: Db, { place, id, message }: Recorded<'Correction'>): Promise<LotEvent[]> {
  const { author, production, occurredAt } = message;
  const shared = { place, statement: id, head: id, custodian: author, occurredAt };
  const restored = (await spentBy(db, production)).map((before) => ({
    ...shared,
    ...before,
    kind: 'restore' as const,
    status: 'held' as const,
  }));
  const voided = (await bornOf(db, production)).map((born) => ({
    ...shared,
    ...born,
    kind: 'void' as const,
    status: 'void' as const,
    weighed: null,
  }));
  return [...restored, ...voided];
}

type Before = { readonly lot: Hex; readonly facility: Hex; readonly weighed: bigint | null };

/** The production's inputs, as each was before it was spent. */
async function spentBy(db: Db, production: Hex): Promise<Before[]> {
  const { rows } = await sql<Before>`
    select input.lot, before.facility, before.weighed
    from production_input input join production on production.id = input.production
    cross join lateral (
      select facility, weighed from lot_event
      where lot_event.lot = input.lot and lot_event.seq < production.seq order by seq desc limit 1
    ) before
    where production.id = ${bytes(production)}`.execute(db);
  return rows;
}

async function bornOf(db: Db, production: Hex): Promise<{ lot: Hex; facility: Hex }[]> {
  return db
    .selectFrom('lot')
    .innerJoin('production', 'production.id', 'lot.production')
    .select(['lot.id as lot', 'production.facility'])
    .where('production.id', '=', bytes(production))
    .execute();
}
