import type { Hex } from '../../protocol/hex.ts';
import { type LastEvent, lastRow, orReplace } from '../projections/lot-current.ts';
import type { LotEvent } from '../projections/lot-event.ts';
import { ofType, type RecordedStatement } from '../projections/recorded.ts';
import { insertStatements } from '../projections/statement.ts';
import type { Batch } from './batch.ts';
import { bookRows } from './book.ts';
import { deliveryRows } from './deliveries.ts';
import { type Known, knownBefore } from './known.ts';
import { contentRows, summariesIn } from './productions.ts';

/** Adds what these statements say, and all that follows from it. They are in the order of the chain. */
export async function addStatements(batch: Batch, statements: readonly RecordedStatement[]): Promise<void> {
  if (statements.length === 0) return;
  const known = await knownBefore(batch.db, statements);
  await insertStatements(batch, statements, known);
  const events = batch.events.toSorted((a, b) => a.place.seq - b.place.seq);
  const productions = ofType(statements, 'Production');
  batch.insert('lot_current', lastEvents(events, known).map(lastRow), orReplace);
  batch.insert('book_line', bookRows(events, known));
  batch.insert('delivery', deliveryRows(events, ofType(statements, 'Receipt'), known));
  batch.insert('production_content', contentRows(productions, known));
  batch.insert('production_summary', await summariesIn(productions, events, known));
}

function lastEvents(events: readonly LotEvent[], { lots }: Known): LastEvent[] {
  const last = new Map<Hex, LotEvent>(events.map((event) => [event.lot, event]));
  return [...last.values()].flatMap((event) => {
    const lot = lots.get(event.lot);
    return lot ? [{ ...event, bornSeq: lot.bornSeq, output: lot.output }] : [];
  });
}
