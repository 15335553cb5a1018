import {
  type CustodyModel,
  custodyModels,
  type Process,
  processes,
  recordedTerm,
  type TransportMode,
  transportModes,
} from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Content } from '../../protocol/statements.ts';
import { blockOf } from '../projections/projection.ts';
import type { Db, LotEventKind, LotStatus } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { anyOf, bytes } from '../values.ts';
import { contentsOf } from './contents.ts';
import { findLots, type LotFilter } from './lots-found.ts';
import { type Page, type PageRequest, pageOf, readCursor } from './page.ts';
import { type ProductionRow, productionsByIds } from './productions.ts';

/** A lot: its birth, and where it stands now (`facility`: in transit, where it is going). Masses in milligrams. */
export type LotRow = {
  readonly lot: Hex;
  readonly production: Hex;
  readonly index: number;
  readonly commodity: number;
  readonly milligrams: bigint;
  readonly content: readonly Content[];
  readonly evidence: Hex;
  readonly bornAt: Hex;
  readonly producer: Hex;
  readonly process: Process;
  readonly custodyModel: CustodyModel;
  /** When it was born: as stated, and as recorded. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly status: LotStatus;
  readonly head: Hex;
  readonly custodian: Hex;
  readonly facility: Hex;
  /** Weighed at the last receipt; null where it was not. */
  readonly weighed: bigint | null;
  readonly lastEvent: {
    readonly statement: Hex;
    readonly kind: LotEventKind;
    readonly block: number;
    readonly occurredAt: number;
    readonly recordedAt: number;
  };
};

/** The dispatch under way. */
export type TransitRow = {
  readonly dispatch: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly from: Hex;
  readonly to: Hex;
  readonly mode: TransportMode;
  readonly occurredAt: number;
  readonly recallFrom: number;
};

export type LotDetailRow = LotRow & {
  readonly made: ProductionRow;
  readonly transit: TransitRow | null;
  readonly spentBy: Hex | null;
  readonly final: boolean;
};

/** Newest born first. @throws CursorInvalid */
export async function listLots(
  db: Db,
  filter: LotFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<LotRow>> {
  const [seq = 0, output = 0] = cursor === undefined ? [] : readCursor(cursor, 2);
  const after = cursor === undefined ? null : { seq, output };
  return inSnapshot(db, async (trx) => {
    const ids = await findLots(trx, filter, { after, limit: limit + 1 });
    const rows = await selectLots(trx)
      .where('lot_current.lot', '=', anyOf(ids))
      .orderBy('born_seq', 'desc')
      .orderBy('lot_current.output', 'desc')
      .execute();
    const contents = await contentsOf(trx, ids);
    return pageOf(rows, limit, {
      item: (row) => lotRow(row, contents),
      position: (row) => [row.born_seq, row.index],
    });
  });
}

/** The lots that exist among `lots`. */
export async function lotsByIds(db: Db, lots: Iterable<Hex>): Promise<Map<Hex, LotRow>> {
  const rows = await selectLots(db).where('lot_current.lot', '=', anyOf(lots)).execute();
  const contents = await contentsOf(
    db,
    rows.map(({ lot }) => lot),
  );
  return new Map(rows.map((row) => [row.lot, lotRow(row, contents)]));
}

export function lotById(db: Db, lot: Hex): Promise<LotDetailRow | null> {
  return inSnapshot(db, async (trx) => {
    const found = await selectLots(trx)
      .innerJoin('chain', (join) => join.onTrue())
      .select('chain.finalized')
      .where('lot_current.lot', '=', bytes(lot))
      .executeTakeFirst();
    if (!found) return null;
    const row = lotRow(found, await contentsOf(trx, [lot]));
    const made = (await productionsByIds(trx, [row.production])).get(row.production);
    if (!made) throw new Error(`Lot ${lot} hangs from no production`);
    const transit = row.status === 'in-transit' ? await transitOf(trx, row.head) : null;
    const spentBy = row.status === 'spent' ? row.lastEvent.statement : null;
    return { ...row, made, transit, spentBy, final: row.lastEvent.block <= found.finalized };
  });
}

type LotQuery = ReturnType<typeof selectLots>;

function selectLots(db: Db) {
  return db
    .selectFrom('lot_current')
    .innerJoin('lot', 'lot.id', 'lot_current.lot')
    .innerJoin('production', 'production.id', 'lot.production')
    .select(['lot_current.lot', 'lot.production', 'lot.output as index', 'lot.commodity', 'lot.milligrams'])
    .select(['lot.evidence', 'production.facility as born_at', 'production.custodian as producer'])
    .select([
      'production.process',
      'production.custody_model',
      'production.occurred_at',
      'production.recorded_at',
    ])
    .select(['lot_current.status', 'lot_current.head', 'lot_current.custodian', 'lot_current.facility'])
    .select(['lot_current.weighed', 'lot_current.statement', 'lot_current.kind', 'lot_current.seq'])
    .select(['lot_current.occurred_at as last_occurred_at', 'lot_current.recorded_at as last_recorded_at'])
    .select('lot_current.born_seq');
}

type SelectedLot = Awaited<ReturnType<LotQuery['execute']>>[number];

function lotRow(row: SelectedLot, contents: ReadonlyMap<Hex, readonly Content[]>): LotRow {
  return {
    lot: row.lot,
    production: row.production,
    index: row.index,
    commodity: row.commodity,
    milligrams: row.milligrams,
    content: contents.get(row.lot) ?? [],
    evidence: row.evidence,
    bornAt: row.born_at,
    producer: row.producer,
    process: recordedTerm(processes, row.process),
    custodyModel: recordedTerm(custodyModels, row.custody_model),
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    status: row.status,
    head: row.head,
    custodian: row.custodian,
    facility: row.facility,
    weighed: row.weighed,
    lastEvent: {
      statement: row.statement,
      kind: row.kind,
      block: blockOf(row.seq),
      occurredAt: row.last_occurred_at,
      recordedAt: row.last_recorded_at,
    },
  };
}

/** While a lot is in transit, its head is the dispatch. */
async function transitOf(db: Db, dispatch: Hex): Promise<TransitRow | null> {
  const row = await db
    .selectFrom('dispatch')
    .selectAll()
    .where('id', '=', bytes(dispatch))
    .executeTakeFirst();
  if (!row) return null;
  return {
    dispatch,
    consignor: row.consignor,
    consignee: row.consignee,
    from: row.from_facility,
    to: row.to_facility,
    mode: recordedTerm(transportModes, row.mode),
    occurredAt: row.occurred_at,
    recallFrom: row.recall_from,
  };
}
