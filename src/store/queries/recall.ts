import { sql } from 'kysely';
import type { PairKey } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db, LotStatus } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes } from '../values.ts';
import { type IndexHead, indexHead } from './head.ts';

/**
 * A lot that descends from the one recalled, or that one itself. `born` and `spentBy` are productions, by the order of
 * recording; `spentBy` is null while it is live. Content in milligrams per pair. `facility` is where it is or, in transit,
 * where it is going.
 */
export type RecallLotRow = {
  readonly lot: Hex;
  readonly status: LotStatus;
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly born: number;
  readonly spentBy: number | null;
  readonly content: ReadonlyMap<PairKey, bigint>;
};

/** The lot itself first, then in the order of birth; and, per production that spent one of them, all that went into it. */
type RecallRows = {
  readonly lots: readonly RecallLotRow[];
  readonly inputs: ReadonlyMap<number, ReadonlyMap<PairKey, bigint>>;
};

/** Lots that one recall reads at most: that many take about a gigabyte. */
const MOST = 1_000_000;

/** More was made of a lot than is read at once. */
export class RecallTooLarge extends Error {
  override readonly name = 'RecallTooLarge';
}

/**
 * What stands of that which was made of a lot, at the newest block. Null where there is no such lot.
 * @throws RecallTooLarge  @param most lots
 */
export function recallGraph(
  db: Db,
  lot: Hex,
  most = MOST,
): Promise<{ readonly asOf: IndexHead; readonly graph: RecallRows } | null> {
  return inSnapshot(db, async (trx) => {
    const asOf = await indexHead(trx);
    const row = await packed(trx, lot, most + 1);
    if (!asOf || !row?.lots) return null;
    const graph = { lots: lotsIn(row), inputs: inputsIn(row.inputs ?? '') };
    if (graph.lots.length > most)
      throw new RecallTooLarge(`More than ${most} lots descend from lot ${lot}: ask about those made of it.`);
    return { asOf, graph };
  });
}

/** Columns as text, a word per content of a lot: a row for each would cost several times more. In no order. */
type Packed = {
  readonly lots: string | null;
  readonly places: string;
  readonly status: string;
  readonly custodians: string;
  readonly facilities: string;
  readonly contents: string;
  readonly inputs: string | null;
};

/**
 * A lot is spent by the statement that is its last event, and born with `born_seq`, which is its production's own: so the
 * productions that stand are found by numbers alone. `pair` is the PairKey of src/protocol/content.ts.
 */
async function packed(db: Db, lot: Hex, limit: number): Promise<Packed | undefined> {
  const pair = sql`lpad(material::text, 3, '0') || case when recycled then 'r' else 'p' end`;
  const { rows } = await sql<Packed>`
    with recursive spent (seq, production) as (
      select seq, statement from lot_current where lot = ${bytes(lot)} and status = 'spent'
      union
      select next.seq, next.statement
      from spent join lot_current next on next.born_seq = spent.seq where next.status = 'spent'
    ),
    reached as (
      select lot, born_seq, output, seq, status, custodian, facility from lot_current where lot = ${bytes(lot)}
      union all
      select lot, born_seq, output, born.seq, status, custodian, facility
      from spent join lot_current born on born.born_seq = spent.seq
    )
    select lots.*, inputs from (
      select string_agg(encode(reached.lot, 'hex'), '') as lots,
        string_agg(born_seq || ' ' || output || ' ' || seq, ' ') as places,
        string_agg(substr(status, 1, 1), '') as status,
        string_agg(encode(custodian, 'hex'), '') as custodians, string_agg(encode(facility, 'hex'), '') as facilities,
        string_agg(coalesce(${pair} || ' ' || milligrams, ${NOTHING}), ' ') as contents
      from (select * from reached limit ${limit}) reached left join content on content.lot = reached.lot
    ) lots,
    (
      select string_agg(seq || ' ' || pair || ' ' || milligrams, ' ') as inputs from (
        select spent.seq, ${pair} as pair, sum(milligrams) as milligrams
        from spent join production_input input on input.production = spent.production
        join content on content.lot = input.lot
        group by 1, 2
      ) summed
    ) inputs`.execute(db);
  return rows[0];
}

/** A lot without content still takes its place. */
const NOTHING = '000p 0';
const statuses: Readonly<Record<string, LotStatus>> = { h: 'held', i: 'in-transit', s: 'spent', v: 'void' };

type Reached = RecallLotRow & { readonly output: number; readonly content: Map<PairKey, bigint> };

/** In the order of birth: what is recalled was there before all that was made of it. */
function lotsIn(row: Packed): RecallLotRow[] {
  const [lots, digits] = [new Map<string, Reached>(), row.lots ?? ''];
  const [places, contents] = [row.places.split(' '), row.contents.split(' ')];
  for (let place = 0; place * 64 < digits.length; place += 1) {
    const id = digits.slice(place * 64, (place + 1) * 64);
    const lot = lots.get(id) ?? lotAt(row, place, places);
    const milligrams = BigInt(contents[place * 2 + 1] as string);
    if (milligrams > 0n) lot.content.set(contents[place * 2] as PairKey, milligrams);
    lots.set(id, lot);
  }
  return [...lots.values()].sort((a, b) => a.born - b.born || a.output - b.output);
}

function lotAt(row: Packed, place: number, places: readonly string[]): Reached {
  const [born, output, changed] = [0, 1, 2].map((word) => Number(places[place * 3 + word])) as [
    number,
    number,
    number,
  ];
  const status = statuses[row.status[place] ?? ''] ?? 'held';
  return {
    lot: hexAt(row.lots ?? '', place, 64),
    custodian: hexAt(row.custodians, place, 40),
    facility: hexAt(row.facilities, place, 64),
    ...{ status, born, output, spentBy: status === 'spent' ? changed : null },
    content: new Map(),
  };
}

function inputsIn(text: string): Map<number, Map<PairKey, bigint>> {
  const inputs = new Map<number, Map<PairKey, bigint>>();
  for (const [production, pair, milligrams] of triples(text)) {
    const sums = inputs.get(Number(production)) ?? new Map<PairKey, bigint>();
    inputs.set(Number(production), sums.set(pair, BigInt(milligrams)));
  }
  return inputs;
}

function hexAt(digits: string, place: number, length: number): Hex {
  return `0x${digits.slice(place * length, (place + 1) * length)}`;
}

function* triples(text: string): Generator<[string, PairKey, string]> {
  if (text === '') return;
  const words = text.split(' ');
  for (let at = 0; at < words.length; at += 3)
    yield [words[at] as string, words[at + 1] as PairKey, words[at + 2] as string];
}
