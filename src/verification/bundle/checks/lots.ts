import type { Hex } from '../../../protocol/hex.ts';
import { pathOf, type Said } from '../book.ts';
import type { Explored } from '../explore.ts';
import { standingSlot } from '../explore.ts';
import type { Report } from '../problems.ts';
import { type LotWord, lotWord, slots } from '../slots.ts';

type End = { readonly custodian: Hex; readonly occurredAt: number };

/**
 * The lot, and each that went in, stands in the ledger's state as the records leave it: born when they say, held by
 * whom they say, spent by what they show.
 */
export function checkLots(explored: Explored, ends: ReadonlyMap<Hex, End>, report: Report): void {
  const { lot, state, spentBy, voiding } = explored;
  checkLot(explored, lot.lot, report);
  const end = endOfLot(explored, ends);
  if (end) compare({ lot: lot.lot, at: pathOf(lot.production), report }, state, end);
  checkStatus(explored, report);
  for (const [input, spender] of spentBy) {
    const word = checkLot(explored, input, report);
    if (voiding && spender === lot.production) continue;
    const at = pathOf(spender, 'message.inputs');
    if (word.status !== 'spent')
      report('lot-unproven', at, `the ledger holds lot ${input} as "${word.status}", not as spent`);
    const last = ends.get(input);
    if (last) compare({ lot: input, at, report }, word, last);
  }
  if (explored.spender) checkStanding(explored, explored.spender, report);
}

function endOfLot({ lot, voiding }: Explored, ends: ReadonlyMap<Hex, End>): End | undefined {
  if (!voiding) return ends.get(lot.lot);
  const { author, occurredAt } = voiding.statement.message;
  return { custodian: author, occurredAt };
}

/** The time at which a lot's birth was recorded is in its word. */
function checkLot({ word, lots }: Explored, lot: Hex, report: Report): LotWord {
  const found = lotWord(word(slots.lot(lot)));
  const production = lots.get(lot)?.production;
  if (production && production.recordedAt !== found.recordedAt)
    report(
      'lot-unproven',
      pathOf(production, 'recordedAt'),
      `the ledger recorded the birth of lot ${lot} at ${found.recordedAt}, not at ${production.recordedAt}`,
    );
  return found;
}

type Place = { readonly lot: Hex; readonly at: string; readonly report: Report };

function compare({ lot, at, report }: Place, word: LotWord, { custodian, occurredAt }: End): void {
  if (word.custodian !== custodian)
    report(
      'lot-unproven',
      at,
      `the ledger has ${word.custodian} answer for lot ${lot}, and the records ${custodian}`,
    );
  if (word.occurredAt !== occurredAt)
    report(
      'lot-unproven',
      at,
      `the last event of lot ${lot} was at ${word.occurredAt}, in the records ${occurredAt}`,
    );
}

/** Held or in transit, as the last that touched it says. */
function checkStatus({ lot, state, chains }: Explored, report: Report): void {
  if (state.status !== 'held' && state.status !== 'in-transit') return;
  const last = chains.get(lot.lot)?.at(-1);
  const expected = last?.kind === 'leg' && last.receipt === null ? 'in-transit' : 'held';
  if (state.status !== expected)
    report(
      'lot-unproven',
      'lot',
      `the ledger holds the lot as "${state.status}", the records leave it "${expected}"`,
    );
}

function checkStanding({ book, word }: Explored, production: Said<'Production'>, report: Report): void {
  const found = word(standingSlot(book, production));
  const { outputs } = production.statement.message;
  const { status } = lotWord(found);
  const stands = outputs.length === 0 ? BigInt(found) === 1n : status !== 'none' && status !== 'void';
  if (!stands)
    report('lot-unproven', pathOf(production), 'the ledger has not recorded it, or it was corrected');
}
