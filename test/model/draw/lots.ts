import type { scopes } from '../../../src/protocol/codes.ts';
import type { Hex } from '../../../src/protocol/hex.ts';
import type { Birth } from '../../../src/protocol/lots.ts';
import type { Content, Output, Struct } from '../../../src/protocol/statements.ts';
import { birthsOf } from '../archive.ts';
import { joined, type Lot, lotStatus, lotTrace, quotaOf, retirement, yearOf } from '../book.ts';
import { lotsOf } from '../ids.ts';
import { kind, MAX_MILLIGRAMS, process } from '../rules/form.ts';
import { type Draft, draft } from './draft.ts';
import {
  activeParties,
  evidence,
  happened,
  holdings,
  type KnownLot,
  recordBy,
  type Stage,
  sitesOf,
} from './stage.ts';

/** Productions, dispatches, receipts and corrections that the ledger takes, as things stand. */

export const materials = [27, 28, 73, 1, 118, 128, 255] as const;

const by = (party: Hex, scope: keyof typeof scopes): Draft['by'] => ({ party, scope });
const namedHeads = (lots: readonly KnownLot[]) => lots.map(([lot, { head }]) => ({ lot, head }));

/** What is dug, collected or declared, within the quota that is left. */
export function origin(stage: Stage): Draft | null {
  const { dice, book } = stage;
  const custodian = dice.maybe(activeParties(stage));
  const facility = custodian && dice.maybe(sitesOf(stage, custodian));
  if (!custodian || !facility) return null;
  const occurredAt = happened(stage, []);
  const site = book.facilities.get(facility)?.kind ?? 0;
  const isMine = site === kind.mine || site === kind.artisanalMine;
  const natural = isMine ? process.extract : site === kind.recycler ? process.collect : process.declare;
  const code = dice.chance(0.85) ? natural : process.declare;
  const recycled = code === process.collect;
  const pairs =
    code === process.declare ? dice.some(materials, 2) : granted(stage, facility, recycled, occurredAt);
  const content = pairs.flatMap((material): Content[] => {
    const { granted, used } = quotaOf(book, joined(facility, material, recycled, yearOf(occurredAt)));
    const left = code === process.declare ? MAX_MILLIGRAMS / 2n : granted - used;
    return left === 0n ? [] : [{ material, recycled, milligrams: portion(stage, left) }];
  });
  const outputs = split(stage, content);
  return production(stage, { custodian, facility, process: code, inputs: [], outputs, occurredAt }, []);
}

/** The materials that the facility has a grant for in that year. */
function granted({ book, dice }: Stage, facility: Hex, recycled: boolean, time: number): number[] {
  const known = materials.filter((material) =>
    book.quotas.has(joined(facility, material, recycled, yearOf(time))),
  );
  return known.length === 0 ? [] : dice.some(known, 2);
}

/** A part of what there is: seldom all of it, mostly little, so that something is left for the next. */
function portion({ dice }: Stage, left: bigint): bigint {
  const little = left > 1000n ? left / 100n : left;
  return dice.weighted([
    [1, left],
    [1, 1n],
    [8, dice.mass(1n, little)],
  ]);
}

/** Held lots become others: what went in comes out, or a part of it, and at a recycler primary becomes recycled. */
export function transformation(stage: Stage): Draft | null {
  const { dice, archive } = stage;
  const holding = dice.maybe(holdings(stage));
  const facility = holding && dice.maybe(sitesOf(stage, holding[0]));
  if (!holding || !facility) return null;
  const [custodian, lots] = holding;
  const spent = dice.some(lots, 3);
  const births = spent.map(([lot]) => archive.births.get(lot) as Birth);
  const isRetired = dice.chance(0.2);
  const occurredAt = happened(
    stage,
    spent.map(([, lot]) => lot),
  );
  const out = isRetired ? [] : remains(stage, { facility, births, occurredAt });
  const outputs = isRetired ? [] : split(stage, out);
  const isRecycler = stage.book.facilities.get(facility)?.kind === kind.recycler;
  const code = isRetired ? process.retire : isRecycler ? process.recycle : dice.int(4, 11);
  const inputs = namedHeads(spent);
  return production(stage, { custodian, facility, process: code, inputs, outputs, occurredAt }, births);
}

type Melt = { facility: Hex; births: readonly Birth[]; occurredAt: number };

function remains(stage: Stage, { facility, births, occurredAt }: Melt): Content[] {
  const { dice, book } = stage;
  const sums = new Map<string, Content>();
  const add = (part: Content): void => {
    const key = joined(part.material, part.recycled);
    sums.set(key, { ...part, milligrams: (sums.get(key)?.milligrams ?? 0n) + part.milligrams });
  };
  for (const { output } of births) for (const part of output.content) add(part);
  const keepAll = dice.chance(0.6);
  if (!keepAll)
    for (const [key, part] of sums) sums.set(key, { ...part, milligrams: dice.mass(0n, part.milligrams) });
  for (const part of [...sums.values()]) {
    const { granted, used } = quotaOf(book, joined(facility, part.material, true, yearOf(occurredAt)));
    const isConvertible = book.facilities.get(facility)?.kind === kind.recycler && !part.recycled;
    const most = part.milligrams < granted - used ? part.milligrams : granted - used;
    if (!isConvertible || most === 0n || dice.chance(0.4)) continue;
    const milligrams = dice.chance(0.3) ? most : dice.mass(1n, most);
    add({ ...part, milligrams: -milligrams });
    add({ ...part, recycled: true, milligrams });
  }
  return [...sums.values()].filter(({ milligrams }) => milligrams > 0n);
}

/** One to three outputs that together hold the content. No mass above 2⁶³ − 1: what does not fit is left out. */
function split({ dice, ...stage }: Stage, content: readonly Content[]): Output[] {
  const count = dice.int(1, 3);
  const parts: Content[][] = Array.from({ length: count }, () => []);
  for (const part of content) {
    let left = part.milligrams;
    for (const [index, list] of parts.entries()) {
      const share = index === count - 1 || dice.chance(0.3) ? left : dice.mass(0n, left);
      const room = MAX_MILLIGRAMS - list.reduce((sum, { milligrams }) => sum + milligrams, 0n);
      const milligrams = share < room ? share : room;
      if (milligrams > 0n) list.push({ ...part, milligrams });
      left -= milligrams;
    }
  }
  return parts.map((list) => {
    const sorted = list.toSorted(
      (a, b) => a.material - b.material || Number(a.recycled) - Number(b.recycled),
    );
    const total = sorted.reduce((sum, { milligrams }) => sum + milligrams, 0n);
    const heavier = dice.chance(0.05) ? MAX_MILLIGRAMS : total + dice.mass(1n, 5000n);
    const milligrams =
      dice.chance(0.2) && total > 0n ? total : heavier < MAX_MILLIGRAMS ? heavier : MAX_MILLIGRAMS;
    return {
      commodity: dice.pick([1, 260500, 810520, 999_999]),
      milligrams,
      content: sorted,
      evidence: evidence({ dice, ...stage }),
    };
  });
}

type Made = Pick<
  Struct<'Production'>,
  'custodian' | 'facility' | 'process' | 'inputs' | 'outputs' | 'occurredAt'
>;

function production(stage: Stage, made: Made, births: readonly Birth[]): Draft {
  const rest = { custodyModel: stage.dice.int(1, 5), evidence: evidence(stage), recordBy: recordBy(stage) };
  return draft('Production', { ...made, ...rest }, by(made.custodian, 'production'), births);
}

export function dispatch(stage: Stage): Draft | null {
  const { dice, now } = stage;
  const holding = dice.maybe(holdings(stage));
  if (!holding) return null;
  const [consignor, lots] = holding;
  const from = dice.maybe(sitesOf(stage, consignor));
  const others = activeParties(stage).filter((party) => party !== consignor || dice.chance(0.1));
  const consignee = dice.maybe(others.filter((party) => sitesOf(stage, party).length > 0));
  if (!from || !consignee) return null;
  const sent = dice.some(lots, 4);
  const message = {
    consignor,
    consignee,
    lots: namedHeads(sent),
    from,
    to: dice.pick(sitesOf(stage, consignee)),
    mode: dice.int(1, 9),
    recallFrom: dice.pick([0, now, now + 1, now + 3600, now + 86_400]),
    occurredAt: happened(
      stage,
      sent.map(([, lot]) => lot),
    ),
    evidence: evidence(stage),
    recordBy: recordBy(stage),
  };
  return draft('Dispatch', message, by(consignor, 'dispatch'));
}

/** Acceptance, refusal or recall of some lots of a dispatch that is under way. */
export function receipt(stage: Stage): Draft | null {
  const { dice, book, archive, now } = stage;
  const underway = new Map<Hex, KnownLot[]>();
  for (const [id, lot] of book.lots)
    if (lot.status === lotStatus.inTransit)
      underway.set(lot.head, [...(underway.get(lot.head) ?? []), [id, lot]]);
  const chosen = dice.maybe([...underway]);
  if (!chosen) return null;
  const [dispatchId, lots] = chosen;
  const sent = archive.dispatches.get(dispatchId) as Struct<'Dispatch'>;
  const isRecall = now >= sent.recallFrom && dice.chance(0.2);
  const party = isRecall ? sent.consignor : sent.consignee;
  const isActive = book.parties.get(party)?.suspended === false;
  const arrived = dice.chance(0.6) ? lots : dice.some(lots, 2);
  const message = {
    party,
    dispatch: dispatchId,
    lots: arrived.map(([lot]) => ({ lot, milligrams: dice.pick([0n, 1n, 1000n, MAX_MILLIGRAMS]) })),
    accepted: isActive && !isRecall && dice.chance(0.8),
    occurredAt: happened(
      stage,
      arrived.map(([, lot]) => lot),
    ),
    evidence: evidence(stage),
    recordBy: recordBy(stage),
  };
  return draft('Receipt', message, by(party, 'receipt'), sent);
}

/** Of a production whose outputs are unmoved, or of a retirement. */
export function correction(stage: Stage): Draft | null {
  const { dice, archive, book } = stage;
  const active = new Set(activeParties(stage));
  const unmoved = [...archive.productions].filter(
    ([id, { custodian, outputs }]) =>
      active.has(custodian) &&
      (outputs.length > 0
        ? lotsOf(id, outputs).every((lot) => isUnmoved(book.lots.get(lot)))
        : book.retirements.get(id) === retirement.recorded),
  );
  const retired = unmoved.filter(([, { outputs }]) => outputs.length === 0);
  const chosen = dice.maybe(retired.length > 0 && dice.chance(0.4) ? retired : unmoved);
  if (!chosen) return null;
  const [id, corrected] = chosen;
  const touched = [...lotsOf(id, corrected.outputs), ...corrected.inputs.map(({ lot }) => lot)];
  const message = {
    author: corrected.custodian,
    production: id,
    occurredAt: happened(
      stage,
      touched.map((lot) => book.lots.get(lot) as Lot),
    ),
    evidence: evidence(stage),
    recordBy: recordBy(stage),
  };
  const births = birthsOf(archive, corrected);
  return draft('Correction', message, by(corrected.custodian, 'correction'), corrected, births);
}

function isUnmoved(lot: Lot | undefined): boolean {
  return lot?.status === lotStatus.held && lot.trace !== lotTrace.dispatched;
}
