import { UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { type CustodyModel, custodyModels } from '../protocol/codes.ts';
import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import {
  isChokePoint,
  type Journey,
  joined,
  keyOfMove,
  keyOfRun,
  keyOfUse,
  later,
  lotsOfBoth,
  MAX_CORRECTIONS,
  type Moment,
  type MovePassage,
  moveKey,
  type Passages,
  type PassedThrough,
  type Restoring,
  type RunPassage,
  routeKey,
  spanOf,
  type TravelledLot,
  type UsePassage,
  type Weights,
} from './passages.ts';
import { addUnits, portion, portionUp } from './units.ts';

/** What a lot came through: what its maker passed on of the pairs that are in it, and its own journeys. */
export function passagesOfLot(lot: TravelledLot): Passages {
  const all = new Growing();
  all.addLot(lot, null);
  return all;
}

/** What a production passes on: what its inputs came through, and itself. */
export function passagesOf(production: PassedThrough, inputs: readonly TravelledLot[]): Passages {
  const all = new Growing();
  for (const input of inputs) all.addLot(input, production);
  if (production.isOrigin) all.enter(production);
  else all.convert(production);
  all.pass(production);
  return all;
}

class Growing implements Passages {
  readonly uses = new Map<string, UsePassage>();
  readonly runs = new Map<string, RunPassage>();
  readonly moves = new Map<string, MovePassage>();
  readonly through = new Map<string, Map<PairKey, bigint>>();
  readonly unrefined = new Map<PairKey, bigint>();
  readonly weakest = new Map<PairKey, CustodyModel>();
  corrections: readonly Restoring[] = [];
  /** What has been joined already of a maker: many lots of one production have the same behind them. */
  readonly #joined = new Set<string>();
  readonly #makers = new Map<Passages, number>();

  addLot(lot: TravelledLot, into: PassedThrough | null): void {
    const pairs = [...lot.units.keys()];
    this.#joinMaker(lot.made.passages, pairs);
    const own = this.#travel(lot, pairs, into);
    for (const [place, through] of lot.made.passages.through) {
      if (own.has(place)) continue;
      for (const [pair, units] of lot.units)
        addUnits(this.#place(place), pair, portion(units, through.get(pair), lot.made.totals.get(pair)));
    }
    for (const route of own) for (const [pair, units] of lot.units) addUnits(this.#place(route), pair, units);
    for (const [pair, units] of lot.units) {
      const rest = portionUp(units, lot.made.passages.unrefined.get(pair), lot.made.totals.get(pair));
      addUnits(this.unrefined, pair, rest);
    }
    this.#correct(lot.restored);
  }

  /** The passages of what enters the ledger here: none yet, all of it unrefined. */
  enter({ totals }: PassedThrough): void {
    for (const [pair, units] of totals) addUnits(this.unrefined, pair, units);
  }

  /** What became recycled keeps the way that the primary material came. */
  convert({ conversions, totals }: PassedThrough): void {
    for (const [material, milligrams] of conversions) {
      const [primary, recycled] = [pairKey(material, false), pairKey(material, true)];
      for (const one of [...this.uses.values()].filter(({ pair }) => pair === primary))
        this.#use({ ...one, pair: recycled });
      for (const one of [...this.runs.values()].filter(({ pair }) => pair === primary))
        this.#run({ ...one, pair: recycled });
      for (const one of [...this.moves.values()].filter(({ pair }) => pair === primary))
        this.#move({ ...one, pair: recycled });
      const converted = milligrams * UNITS_PER_MILLIGRAM;
      for (const through of this.through.values())
        addUnits(through, recycled, portion(converted, through.get(primary), totals.get(primary)));
      this.#weaken(recycled, this.weakest.get(primary));
    }
  }

  /** The production itself: a choke point refines all, and has all legs so far upstream of it. */
  pass(production: PassedThrough): void {
    const { facility, kind, custodian, process, custodyModel, pairs, conversions } = production;
    const chokePoint = isChokePoint(kind, process, conversions.size > 0);
    if (chokePoint) {
      this.unrefined.clear();
      for (const [key, run] of [...this.runs].filter(([, { upstream }]) => !upstream)) {
        this.runs.delete(key);
        this.#run({ ...run, upstream: true });
      }
    }
    const all = new Map(production.totals);
    for (const [material, milligrams] of conversions)
      addUnits(all, pairKey(material, true), milligrams * UNITS_PER_MILLIGRAM);
    this.through.set(facility, all);
    for (const pair of pairs) {
      const { recycled } = pairOf(pair);
      const span = spanOf(production);
      this.#use({ facility, custodian, process, chokePoint, recycled, pair, span });
      this.#weaken(pair, custodyModel);
    }
  }

  #joinMaker(made: Passages, pairs: readonly PairKey[]): void {
    const maker = this.#makers.get(made) ?? this.#makers.size;
    this.#makers.set(made, maker);
    const key = [maker, ...pairs].join(' ');
    if (this.#joined.has(key)) return;
    this.#joined.add(key);
    for (const one of made.uses.values()) if (pairs.includes(one.pair)) this.#use(one);
    for (const one of made.runs.values()) if (pairs.includes(one.pair)) this.#run(one);
    for (const one of made.moves.values()) if (pairs.includes(one.pair)) this.#move(one);
    for (const pair of pairs) this.#weaken(pair, made.weakest.get(pair));
    this.#correct(made.corrections);
  }

  /** The lot's own legs, the moves between them, and its way into what spent it. Returns the routes that it took. */
  #travel(lot: TravelledLot, pairs: readonly PairKey[], into: PassedThrough | null): Set<string> {
    const routes = new Set<string>();
    const passed = new Set(
      [...lot.made.passages.uses.values()].filter((use) => use.chokePoint).map(({ pair }) => pair),
    );
    let here = lot.bornAt;
    const go = (there: Hex, party: Hex, at: Moment) => {
      if (here !== there && pairs.length > 0) routes.add(moveKey({ from: here, to: there }));
      for (const pair of here === there ? [] : pairs)
        this.#move({ from: here, to: there, party, pair, span: spanOf(at) });
    };
    for (const journey of lot.journeys) {
      go(journey.from, journey.consignor, journey);
      if (pairs.length > 0) routes.add(routeKey(journey));
      for (const pair of pairs) this.#run(runOf(lot, journey, { pair, upstream: !passed.has(pair) }));
      here = journey.receipt?.kind === 'accept' ? journey.to : journey.from;
    }
    if (into) go(into.facility, into.custodian, into);
    return routes;
  }

  #use(use: UsePassage): void {
    const key = keyOfUse(use);
    const known = this.uses.get(key);
    this.uses.set(key, known ? { ...known, span: joined(known.span, use.span) } : use);
  }

  #run(run: RunPassage): void {
    const key = keyOfRun(run);
    const known = this.runs.get(key);
    if (!known) this.runs.set(key, run);
    else
      this.runs.set(key, {
        ...known,
        span: joined(known.span, run.span),
        lots: lotsOfBoth(known, run),
        arrival:
          known.arrival && run.arrival ? joined(known.arrival, run.arrival) : (known.arrival ?? run.arrival),
        receipt:
          known.receipt && run.receipt ? later(known.receipt, run.receipt) : (known.receipt ?? run.receipt),
        short: worse(known.short, run.short),
        over: worse(known.over, run.over),
      });
  }

  #move(move: MovePassage): void {
    const key = keyOfMove(move);
    const known = this.moves.get(key);
    this.moves.set(key, known ? { ...known, span: joined(known.span, move.span) } : move);
  }

  #place(key: string): Map<PairKey, bigint> {
    const place = this.through.get(key) ?? new Map<PairKey, bigint>();
    this.through.set(key, place);
    return place;
  }

  #weaken(pair: PairKey, model: CustodyModel | undefined): void {
    const known = this.weakest.get(pair);
    if (model && (!known || custodyModels[model] > custodyModels[known])) this.weakest.set(pair, model);
  }

  #correct(more: readonly Restoring[]): void {
    if (more.length === 0) return;
    const all = new Map([...this.corrections, ...more].map((one) => [one.id, one]));
    this.corrections = [...all.values()]
      .sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? -1 : 1))
      .slice(0, MAX_CORRECTIONS);
  }
}

function runOf(
  { lot, milligrams: sent }: TravelledLot,
  journey: Journey,
  { pair, upstream }: { pair: PairKey; upstream: boolean },
): RunPassage {
  const { from, to, consignor, consignee, receipt } = journey;
  const span = spanOf(journey);
  const weighed = receipt?.weighed ?? sent;
  return {
    ...{ from, to, consignor, consignee, upstream, pair, span },
    lots: { first: lot, last: lot, latest: lot },
    receipt: receipt && { occurredAt: receipt.occurredAt, recordedAt: receipt.recordedAt },
    arrival: receipt?.kind === 'accept' ? spanOf(receipt) : null,
    short: weighed < sent ? { sent, weighed } : null,
    over: weighed > sent ? { sent, weighed } : null,
  };
}

/** The one that is further off in proportion to what was sent; of equal ones, the larger. */
function worse(a: Weights | null, b: Weights | null): Weights | null {
  if (!a || !b) return a ?? b;
  const off = ({ sent, weighed }: Weights) => (weighed > sent ? weighed - sent : sent - weighed);
  const [x, y] = [off(a) * b.sent, off(b) * a.sent];
  if (x !== y) return x > y ? a : b;
  return a.sent >= b.sent ? a : b;
}
