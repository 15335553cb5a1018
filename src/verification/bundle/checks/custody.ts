import type { Hex } from '../../../protocol/hex.ts';
import { type Placed, pathOf, type Said } from '../book.ts';
import { headIn, type Step } from '../chains.ts';
import type { Explored } from '../explore.ts';
import type { Report } from '../problems.ts';

/** Who answered for a lot, and when its last event happened. */
type Holding = { readonly custodian: Hex; readonly occurredAt: number; readonly at: Placed };

/**
 * Goes through the history of the lot and of each that went in, from birth to its end: whoever acts holds it, hands it
 * on at sites that are theirs to name, and in the order of time.
 *
 * @returns how each lot stood at the end of its history
 */
export function checkCustody(explored: Explored, report: Report): ReadonlyMap<Hex, Holding> {
  const ends = new Map<Hex, Holding>();
  for (const [lot, steps] of explored.chains) {
    const born = explored.lots.get(lot)?.production;
    if (!born) continue;
    const { custodian, occurredAt } = born.statement.message;
    let holding: Holding = { custodian, occurredAt, at: born };
    for (const step of steps) holding = afterStep({ explored, report }, lot, holding, step);
    const end = endOf(explored, lot);
    if (end) holding = spent({ explored, report }, holding, end);
    ends.set(lot, holding);
  }
  for (const production of explored.productions.values()) checkSite({ explored, report }, production);
  if (explored.spender) checkSite({ explored, report }, explored.spender);
  return ends;
}

type Desk = { readonly explored: Explored; readonly report: Report };

/** What used a lot up for good. A void lot's inputs were given back. */
function endOf({ lot, spender, spentBy, voiding }: Explored, id: Hex): Said<'Production'> | null {
  if (id === lot.lot) return spender;
  const production = spentBy.get(id) ?? null;
  return voiding && production === lot.production ? null : production;
}

function afterStep(desk: Desk, lot: Hex, holding: Holding, step: Step): Holding {
  if (step.kind === 'restored') {
    const used = spent(desk, holding, step.spender);
    return corrected(desk, used, step);
  }
  const sent = dispatched(desk, holding, step.dispatch);
  return step.receipt ? received(desk, sent, { dispatch: step.dispatch, receipt: step.receipt, lot }) : sent;
}

function dispatched(desk: Desk, holding: Holding, dispatch: Said<'Dispatch'>): Holding {
  const { consignor, consignee, from, to, occurredAt } = dispatch.statement.message;
  requireHolder(desk, holding, dispatch, consignor);
  requireOperator(desk, dispatch, { field: 'message.from', facility: from, party: consignor });
  requireOperator(desk, dispatch, { field: 'message.to', facility: to, party: consignee });
  return next(desk, holding, dispatch, { custodian: consignor, occurredAt });
}

type Arrival = { readonly dispatch: Said<'Dispatch'>; readonly receipt: Said<'Receipt'>; readonly lot: Hex };

function received(desk: Desk, holding: Holding, { dispatch, receipt }: Arrival): Holding {
  const { consignor, consignee, recallFrom } = dispatch.statement.message;
  const { party, accepted, occurredAt } = receipt.statement.message;
  const isRecall = party !== consignee && party === consignor && !accepted;
  if (party !== consignee && !isRecall)
    desk.report('custody-broken', pathOf(receipt, 'message.party'), `the consignee is ${consignee}`);
  if (isRecall && receipt.recordedAt < recallFrom)
    desk.report('time-broken', pathOf(receipt), `it could be recalled from ${recallFrom} on`);
  const custodian = accepted ? party : holding.custodian;
  return next(desk, holding, receipt, { custodian, occurredAt });
}

function spent(desk: Desk, holding: Holding, production: Said<'Production'>): Holding {
  const { custodian, occurredAt } = production.statement.message;
  requireHolder(desk, holding, production, custodian);
  return next(desk, holding, production, { custodian, occurredAt });
}

function corrected(desk: Desk, holding: Holding, step: Extract<Step, { kind: 'restored' }>): Holding {
  const { author, occurredAt } = step.correction.statement.message;
  if (author !== step.spender.statement.message.custodian)
    desk.report(
      'authority-broken',
      pathOf(step.correction, 'message.author'),
      'only its author corrects a production',
    );
  return next(desk, holding, step.correction, { custodian: holding.custodian, occurredAt });
}

function next({ report }: Desk, before: Holding, said: Said, after: Omit<Holding, 'at'>): Holding {
  if (after.occurredAt < before.occurredAt)
    report(
      'time-broken',
      pathOf(said, 'message.occurredAt'),
      `the lot's last event was at ${before.occurredAt}`,
    );
  return { ...after, at: said };
}

function requireHolder({ report }: Desk, { custodian }: Holding, said: Said, party: Hex): void {
  if (party !== custodian)
    report('custody-broken', pathOf(said), `the lot is held by ${custodian}, not by ${party}`);
}

type Operated = { readonly field: string; readonly facility: Hex; readonly party: Hex };

/** Sites that the history does not name are those of productions that were corrected. */
function requireOperator({ explored, report }: Desk, said: Said, { field, facility, party }: Operated): void {
  const site = explored.facilities.get(facility);
  if (!site) return;
  const { operator } = site.statement.message;
  if (operator !== party)
    report('authority-broken', pathOf(said, field), `the site is operated by ${operator}, not by ${party}`);
  if (site.position >= said.position)
    report('order-broken', pathOf(site), `the site is registered after ${said.id} names it`);
}

function checkSite(desk: Desk, production: Said<'Production'>): void {
  const { facility, custodian } = production.statement.message;
  requireOperator(desk, production, { field: 'message.facility', facility, party: custodian });
}

/** What used the lot itself up names the head that the ledger holds, and comes after everything that touched it. */
export function checkSpender({ lot, spender, chains }: Explored, report: Report): void {
  if (!spender) return;
  const last = chains.get(lot.lot)?.at(-1);
  const before = last && (last.kind === 'leg' ? (last.receipt ?? last.dispatch) : last.correction);
  const position = Math.max(before?.position ?? -1, lot.production.position);
  if (spender.position <= position)
    report('order-broken', pathOf(spender), `it uses lot ${lot.lot} up before ${headIn(spender, lot.lot)}`);
}
