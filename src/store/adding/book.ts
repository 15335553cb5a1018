import { processes } from '../../protocol/codes.ts';
import type { Hex } from '../../protocol/hex.ts';
import { bookKinds } from '../projections/book-line.ts';
import type { LotEvent } from '../projections/lot-event.ts';
import { rowBytes } from '../values.ts';
import type { Known, KnownLot, Standing } from './known.ts';

type Line = {
  readonly facility: Hex;
  readonly kind: number;
  readonly material: number;
  readonly recycled: boolean;
  milligrams: bigint;
  lots: number;
};

/**
 * The rows of `book_line` (0014-auditing.sql) for these events. An index that is older than the table is filled from its
 * rows instead (projections/book-line.ts); a test holds the two against each other.
 *
 * @param events in the order of the chain
 */
export function bookRows(events: readonly LotEvent[], { lots, dispatches }: Known) {
  const standing = new Map<Hex, Standing>();
  return [...Map.groupBy(events, ({ place }) => place.seq).values()].flatMap((ofStatement) => {
    const lines = new Map<string, Line>();
    for (const event of ofStatement) {
      const lot = lots.get(event.lot);
      if (!lot) throw new Error(`Statement ${event.statement} moves lot ${event.lot}, which nothing made`);
      const before = standing.get(event.lot) ?? lot.stood;
      standing.set(event.lot, event);
      const here = dispatches.get(event.statement)?.from ?? event.facility;
      for (const entry of entriesOf(event, { here, before, process: lot.process })) addTo(lines, entry, lot);
    }
    return [...lines.values()].map((line) => rowOf(ofStatement[0] as LotEvent, line));
  });
}

type Entry = Pick<Line, 'facility' | 'kind'>;
type Seen = { readonly here: Hex; readonly before: Standing | null; readonly process: number };

/** What was held elsewhere than where it was spent, or sent from, came there without a dispatch. */
function entriesOf({ kind }: LotEvent, { here, before, process }: Seen): Entry[] {
  const entry = { facility: here, kind: kindOf(kind, process) };
  const moves = kind === 'spend' || kind === 'dispatch';
  if (!moves || before?.status !== 'held' || before.facility === here) return [entry];
  return [
    entry,
    { facility: before.facility, kind: bookKinds['moved-out'] },
    { facility: here, kind: bookKinds['moved-in'] },
  ];
}

const { extract, collect, declare } = processes;
const MINTING: readonly number[] = [extract, collect];

function kindOf(kind: LotEvent['kind'], process: number): number {
  switch (kind) {
    case 'birth':
      if (MINTING.includes(process)) return bookKinds.originated;
      return process === declare ? bookKinds.declared : bookKinds.produced;
    case 'void':
      return MINTING.includes(process) || process === declare ? bookKinds.withdrawn : bookKinds.voided;
    case 'accept':
      return bookKinds.received;
    case 'refuse':
    case 'recall':
      return bookKinds.returned;
    case 'restore':
      return bookKinds.restored;
    case 'spend':
      return bookKinds.consumed;
    case 'dispatch':
      return bookKinds.dispatched;
  }
}

function addTo(lines: Map<string, Line>, { facility, kind }: Entry, { content }: KnownLot): void {
  for (const { material, recycled, milligrams } of content) {
    const key = `${facility} ${kind} ${material} ${recycled}`;
    const line = lines.get(key);
    if (line) {
      line.milligrams += milligrams;
      line.lots += 1;
    } else lines.set(key, { facility, kind, material, recycled, milligrams, lots: 1 });
  }
}

function rowOf({ place: { seq, block }, statement, occurredAt }: LotEvent, { facility, ...line }: Line) {
  return {
    ...line,
    facility: rowBytes(facility),
    occurred_at: occurredAt,
    seq,
    block,
    statement: rowBytes(statement),
  };
}
