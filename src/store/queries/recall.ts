import { sql } from 'kysely';
import { type PairKey, sumContent } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db, LotStatus } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes } from '../values.ts';
import { contentsOf } from './contents.ts';
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
    const subject = await subjectOf(trx, lot);
    if (!asOf || !subject) return null;
    const spenders = await spendersOf(trx, lot, most);
    const lots = [subject, ...spenders.flatMap(lotsIn)];
    if (lots.length > most)
      throw new RecallTooLarge(`More than ${most} lots descend from lot ${lot}: ask about those made of it.`);
    return { asOf, graph: { lots, inputs: new Map(spenders.map(inputsIn)) } };
  });
}

async function subjectOf(db: Db, lot: Hex): Promise<RecallLotRow | null> {
  const row = await db
    .selectFrom('lot_current')
    .select(['lot', 'status', 'custodian', 'facility', 'born_seq', 'seq'])
    .where('lot', '=', bytes(lot))
    .executeTakeFirst();
  if (!row) return null;
  const { born_seq: born, seq, ...place } = row;
  const content = sumContent((await contentsOf(db, [lot])).values());
  return { ...place, born, spentBy: row.status === 'spent' ? seq : null, content };
}

/**
 * A production that spent one of the lots, with its outputs in their order, each column of theirs in one value: a row for
 * each lot would cost several times more. `lots`, `facilities`: 32 bytes each; `custodians`: 20; `statuses`: their first
 * letters; `changed`: the `seq` of each one's last event. All five are null where nothing came out.
 */
type Spender = {
  readonly seq: number;
  readonly lots: Hex | null;
  readonly statuses: string;
  readonly changed: string;
  readonly custodians: Hex;
  readonly facilities: Hex;
  readonly inputs: string;
  readonly outputs: string;
};

/**
 * In the order of recording; where more than `most` lots came out of them, only so many that it shows.
 * A lot is spent by the statement that is its last event, and born with `born_seq`, which is its production's own: so the
 * productions that stand are found by numbers alone.
 */
async function spendersOf(db: Db, lot: Hex, most: number): Promise<Spender[]> {
  const { rows } = await sql<Spender>`
    with recursive spent (seq) as (
      select seq from lot_current where lot = ${bytes(lot)} and status = 'spent'
      union
      select next.seq from spent join lot_current next on next.born_seq = spent.seq where next.status = 'spent'
    )
    select seq, lots, statuses, changed, custodians, facilities, inputs, outputs from (
      select spent.seq, born.*, inputs, outputs,
        sum(born.count) over (rows between unbounded preceding and 1 preceding) as before
      from spent join production_content using (seq)
      cross join lateral (
        select count(*), string_agg(lot, '' order by output) as lots,
          string_agg(substr(status, 1, 1), '' order by output) as statuses,
          string_agg(seq::text, ' ' order by output) as changed,
          string_agg(custodian, '' order by output) as custodians,
          string_agg(facility, '' order by output) as facilities
        from lot_current where born_seq = spent.seq
      ) born
    ) spender
    where before is null or before <= ${most}`.execute(db);
  return rows.sort((a, b) => a.seq - b.seq);
}

const statusOf: Readonly<Record<string, LotStatus>> = {
  h: 'held',
  i: 'in-transit',
  s: 'spent',
  v: 'void',
};

function lotsIn({ seq, lots, statuses, changed, custodians, facilities, outputs }: Spender): RecallLotRow[] {
  if (lots === null) return [];
  const [changes, contents] = [changed.split(' '), contentsIn(outputs)];
  return changes.map((change, output) => {
    const status = statusOf[statuses[output] ?? ''] ?? 'held';
    return {
      lot: hexAt(lots, output, 64),
      status,
      custodian: hexAt(custodians, output, 40),
      facility: hexAt(facilities, output, 64),
      born: seq,
      spentBy: status === 'spent' ? Number(change) : null,
      content: contents.get(String(output)) ?? NOTHING,
    };
  });
}

const NOTHING: ReadonlyMap<PairKey, bigint> = new Map();

/** By output. */
function contentsIn(text: string): Map<string, Map<PairKey, bigint>> {
  const contents = new Map<string, Map<PairKey, bigint>>();
  const words = text.split(' ');
  for (let at = 0; at + 2 < words.length; at += 3) {
    const output = words[at] as string;
    const content = contents.get(output) ?? new Map<PairKey, bigint>();
    contents.set(output, content.set(words[at + 1] as PairKey, BigInt(words[at + 2] as string)));
  }
  return contents;
}

function inputsIn({ seq, inputs }: Spender): [number, Map<PairKey, bigint>] {
  const content = new Map<PairKey, bigint>();
  const words = inputs.split(' ');
  for (let at = 0; at + 1 < words.length; at += 2)
    content.set(words[at] as PairKey, BigInt(words[at + 1] as string));
  return [seq, content];
}

function hexAt(hexes: Hex, place: number, digits: number): Hex {
  return `0x${hexes.slice(2 + place * digits, 2 + (place + 1) * digits)}`;
}
