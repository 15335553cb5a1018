import type { Hex } from '../../protocol/hex.ts';
import type { Receipt } from '../../protocol/statements.ts';
import { insertAll } from '../bulk.ts';
import type { Db, LotEventKind } from '../schema.ts';
import { anyOf, bytes } from '../values.ts';
import { type Projection, placeColumns, type Recorded } from './projection.ts';

/** Its lots are held again: by the consignee, at `to`, where accepted; else by the consignor, at `from`. */
export const receipt: Projection<'Receipt'> = {
  rootsOf: ({ evidence }) => [evidence],

  headsOf: (id, { lots, dispatch }) =>
    lots.map(({ lot }) => ({ lot, extends: dispatch, head: id, status: 'held' as const })),

  insert: async (db, recorded) => {
    if (recorded.length === 0) return;
    const dispatches = await dispatchesOf(db, recorded);
    const named = ({ dispatch }: Receipt) => {
      const row = dispatches.get(dispatch);
      if (!row) throw new Error(`A receipt names dispatch ${dispatch}, which no earlier event recorded`);
      return row;
    };
    await insertAll(db, 'receipt', recorded.map(receiptRow));
    await insertAll(
      db,
      'lot_event',
      recorded.flatMap((one) => eventRows(one, named(one.message))),
    );
  },
};

type Dispatched = {
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly from_facility: Hex;
  readonly to_facility: Hex;
};

async function dispatchesOf(db: Db, recorded: readonly Recorded<'Receipt'>[]): Promise<Map<Hex, Dispatched>> {
  const ids = new Set(recorded.map(({ message }) => message.dispatch));
  const rows = await db
    .selectFrom('dispatch')
    .select(['id', 'consignor', 'consignee', 'from_facility', 'to_facility'])
    .where('id', '=', anyOf(ids))
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

function receiptRow({ place, id, message }: Recorded<'Receipt'>) {
  return {
    ...placeColumns(place),
    id: bytes(id),
    party: bytes(message.party),
    dispatch: bytes(message.dispatch),
    accepted: message.accepted,
    occurred_at: message.occurredAt,
    evidence: bytes(message.evidence),
  };
}

function eventRows({ place, id, message }: Recorded<'Receipt'>, dispatched: Dispatched) {
  const { accepted } = message;
  return message.lots.map(({ lot, milligrams }) => ({
    ...placeColumns(place),
    lot: bytes(lot),
    statement: bytes(id),
    kind: kindOf(message, dispatched),
    status: 'held' as const,
    head: bytes(id),
    custodian: bytes(accepted ? dispatched.consignee : dispatched.consignor),
    facility: bytes(accepted ? dispatched.to_facility : dispatched.from_facility),
    weighed: milligrams === 0n ? null : milligrams,
    occurred_at: message.occurredAt,
  }));
}

/** A party that sends to itself, and does not accept, refuses. */
function kindOf({ accepted, party }: Receipt, { consignee }: Dispatched): LotEventKind {
  if (accepted) return 'accept';
  return party === consignee ? 'refuse' : 'recall';
}
