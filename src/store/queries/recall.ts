import { sql } from 'kysely';
import { type PairKey, sumContent } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import type { Db, LotStatus } from '../schema.ts';
import { inSnapshot } from '../transactions.ts';
import { bytes, bytesArray } from '../values.ts';
import { contentsOf } from './contents.ts';
import { type IndexHead, indexHead } from './head.ts';

/**
 * A lot that descends from the one recalled, or that one itself. `spentBy`: its production, by the order of recording;
 * null while it is live. `facility` is where it is or, in transit, where it is going.
 */
export type RecallLotRow = {
  readonly lot: Hex;
  readonly status: LotStatus;
  readonly custodian: Hex;
  readonly facility: Hex;
  readonly spentBy: number | null;
};

type Pairs = ReadonlyMap<PairKey, bigint>;

/** Productions in the order of recording. Content in milligrams: of all inputs together, and of each output in turn. */
export type RecallRows = {
  readonly subject: RecallLotRow & { readonly content: Pairs };
  readonly productions: ReadonlyMap<
    number,
    {
      readonly inputs: Pairs;
      readonly outputs: readonly RecallLotRow[];
      readonly contents: ReadonlyMap<PairKey, readonly bigint[]>;
    }
  >;
};

/** Lots that one recall reads at most: that many take about a gigabyte. */
export const MOST_LOTS = 1_000_000;

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
  most = MOST_LOTS,
): Promise<{ readonly asOf: IndexHead; readonly graph: RecallRows } | null> {
  return inSnapshot(db, async (trx) => {
    const asOf = await indexHead(trx);
    const subject = await subjectOf(trx, lot);
    if (!asOf || !subject) return null;
    const productions = await productionsMadeOf(trx, [lot], most);
    return { asOf, graph: { subject, productions: new Map(productions) } };
  });
}

async function subjectOf(db: Db, lot: Hex): Promise<RecallRows['subject'] | null> {
  const row = await db
    .selectFrom('lot_current')
    .select(['lot', 'status', 'custodian', 'facility', 'seq'])
    .where('lot', '=', bytes(lot))
    .executeTakeFirst();
  if (!row) return null;
  const { seq, ...place } = row;
  const content = sumContent((await contentsOf(db, [lot])).values());
  return { ...place, spentBy: row.status === 'spent' ? seq : null, content };
}

/**
 * A production that spent one of the lots, with its outputs in their order, each column of theirs in one value: a row for
 * each lot would cost several times more. `statuses`: their first letters; `changed`: the `seq` of each one's last event.
 * These columns are null where nothing came out.
 */
type Packed = {
  readonly seq: number;
  readonly lots: string | null;
  readonly statuses: string;
  readonly changed: string;
  readonly custodians: string;
  readonly facilities: string;
  readonly inputs: string;
  readonly contents: string;
};

/**
 * The productions that spent one of the lots or a descendant, in the order of recording, each by its number.
 *
 * A lot is spent by the statement that is its last event, and born with `born_seq`, which is its production's own: so the
 * productions that stand are found by numbers alone.
 *
 * @throws RecallTooLarge  @param most lots
 */
export async function productionsMadeOf(db: Db, ancestors: readonly Hex[], most: number) {
  const { rows } = await sql<Packed>`
    with recursive spent (seq) as (
      select seq from lot_current where lot = any(${bytesArray(ancestors)}) and status = 'spent'
      union
      select next.seq from spent join lot_current next on next.born_seq = spent.seq where next.status = 'spent'
    )
    select seq, lots, statuses, changed, custodians, facilities, inputs, contents from (
      select spent.seq, born.*, inputs, outputs as contents,
        sum(born.count) over (rows between unbounded preceding and 1 preceding) as before
      from spent join production_content using (seq)
      cross join lateral (
        select count(*), ${hexesOf('lot')} as lots, ${hexesOf('custodian')} as custodians,
          ${hexesOf('facility')} as facilities, string_agg(substr(status, 1, 1), '' order by output) as statuses,
          string_agg(seq::text, ' ' order by output) as changed
        from lot_current where born_seq = spent.seq
      ) born
    ) made
    where before is null or before < ${most}`.execute(db);
  const productions = rows.sort((a, b) => a.seq - b.seq).map(productionIn);
  const lots = productions.reduce((sum, [, { outputs }]) => sum + outputs.length, 1);
  if (lots > most)
    throw new RecallTooLarge(
      `More than ${most} lots descend from ${nameOf(ancestors)}: ask about those made of it.`,
    );
  return productions;
}

function nameOf([first, another]: readonly Hex[]): string {
  return another === undefined ? `lot ${first}` : 'those lots';
}

/** As one text: that is cut into the Hex of each output, without another copy. */
function hexesOf(column: string) {
  return sql`string_agg('0x' || encode(${sql.ref(column)}, 'hex'), '' order by output)`;
}

function productionIn(row: Packed) {
  const outputs = outputsIn(row);
  const contents = contentsIn(row.contents, outputs.length);
  return [row.seq, { inputs: inputsIn(row.inputs), outputs, contents }] as const;
}

const statusOf: Readonly<Record<string, LotStatus>> = {
  h: 'held',
  i: 'in-transit',
  s: 'spent',
  v: 'void',
};

function outputsIn({ lots, statuses, changed, custodians, facilities }: Packed): RecallLotRow[] {
  if (lots === null) return [];
  return changed.split(' ').map((seq, output) => {
    const status = statusOf[statuses[output] ?? ''] ?? 'held';
    return {
      lot: hexAt(lots, output, 66),
      status,
      custodian: hexAt(custodians, output, 42),
      facility: hexAt(facilities, output, 66),
      spentBy: status === 'spent' ? Number(seq) : null,
    };
  });
}

function hexAt(hexes: string, place: number, length: number): Hex {
  return hexes.slice(place * length, (place + 1) * length) as Hex;
}

function contentsIn(text: string, outputs: number): Map<PairKey, bigint[]> {
  const contents = new Map<PairKey, bigint[]>();
  const words = text.split(' ');
  for (let at = 0; at + 2 < words.length; at += 3) {
    const pair = words[at + 1] as PairKey;
    const masses = contents.get(pair) ?? new Array<bigint>(outputs).fill(0n);
    masses[Number(words[at])] = BigInt(words[at + 2] as string);
    contents.set(pair, masses);
  }
  return contents;
}

function inputsIn(text: string): Map<PairKey, bigint> {
  const content = new Map<PairKey, bigint>();
  const words = text.split(' ');
  for (let at = 0; at + 1 < words.length; at += 2)
    content.set(words[at] as PairKey, BigInt(words[at + 1] as string));
  return content;
}
