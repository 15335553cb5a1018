import type { CustodyModel, FacilityKind, Process } from '../protocol/codes.ts';
import type { PairKey } from '../protocol/content.ts';
import type { Hex } from '../protocol/hex.ts';
import type { LegReceipt } from './history.ts';
import type { Units } from './units.ts';

/** What was stated, and recorded, when. */
export type Moment = { readonly occurredAt: number; readonly recordedAt: number };

/**
 * The first and the last of some events, by when they happened; when the last of them was recorded; and which of them was
 * recorded longest after it had happened.
 */
export type Span = {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly recordedBy: number;
  readonly latest: Moment;
};

/** Productions of one kind, by one party at one site, that a pair came through. `recycled`: it was, by then. */
export type UsePassage = {
  readonly facility: Hex;
  readonly custodian: Hex;
  readonly process: Process;
  readonly chokePoint: boolean;
  readonly recycled: boolean;
  readonly pair: PairKey;
  readonly span: Span;
};

/** The mass of a lot when it was sent and when it arrived, in milligrams. */
export type Weights = { readonly sent: bigint; readonly weighed: bigint };

/** Which lot's each of a run's legs was: the first, the last, and the one recorded longest after; of equal ones, the lower id. */
export type RunLots = { readonly first: Hex; readonly last: Hex; readonly latest: Hex };

/**
 * Legs that a pair made on one route between the same parties. `arrival`: of those that were accepted; `receipt`: whatever it
 * said, the one recorded longest after it happened. `upstream`: a choke
 * point was still to come, or none had been passed. `short` and `over`: the worst of those weighed off.
 */
export type RunPassage = {
  readonly from: Hex;
  readonly to: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly upstream: boolean;
  readonly pair: PairKey;
  readonly span: Span;
  readonly lots: RunLots;
  readonly arrival: Span | null;
  readonly receipt: Moment | null;
  readonly short: Weights | null;
  readonly over: Weights | null;
};

/** Lots of a pair that were at one site and next acted upon at another; `span` is of what was done there. */
export type MovePassage = {
  readonly from: Hex;
  readonly to: Hex;
  readonly party: Hex;
  readonly pair: PairKey;
  readonly span: Span;
};

/** A correction that gave a lot back, by its own id. */
export type Restoring = { readonly id: Hex; readonly occurredAt: number };

/**
 * Everything that the material of a production came through, told by site, route and party instead of by step. `through`
 * holds what of the totals was worked on at each site (by its id), what took each route (`routeKey`), and what moved along
 * one without a dispatch (`moveKey`), each unit counted once.
 */
export type Passages = {
  readonly uses: ReadonlyMap<string, UsePassage>;
  readonly runs: ReadonlyMap<string, RunPassage>;
  readonly moves: ReadonlyMap<string, MovePassage>;
  readonly through: ReadonlyMap<string, Units>;
  /** What of the totals has passed no choke point. */
  readonly unrefined: Units;
  /** The weakest custody model that was declared since the origins. */
  readonly weakest: ReadonlyMap<PairKey, CustodyModel>;
  /** The newest ones first, `MAX_CORRECTIONS` at most. */
  readonly corrections: readonly Restoring[];
};

/** A lot's part in one dispatch, as far as it counts here; null while nobody has said how it ended. */
export type Journey = Moment & {
  readonly from: Hex;
  readonly to: Hex;
  readonly consignor: Hex;
  readonly consignee: Hex;
  readonly receipt: (Moment & Pick<LegReceipt, 'kind' | 'weighed'>) | null;
};

/** A lot, as far as its passages depend on it. `bornAt`: the site of its production. */
export type TravelledLot = {
  readonly lot: Hex;
  readonly milligrams: bigint;
  readonly units: Units;
  readonly bornAt: Hex;
  readonly journeys: readonly Journey[];
  readonly restored: readonly Restoring[];
  readonly made: { readonly totals: Units; readonly passages: Passages };
};

/** A production, as far as its passages depend on it. `pairs`: those that come out of it. */
export type PassedThrough = Moment & {
  readonly facility: Hex;
  readonly kind: FacilityKind;
  readonly custodian: Hex;
  readonly process: Process;
  readonly custodyModel: CustodyModel;
  readonly isOrigin: boolean;
  readonly pairs: readonly PairKey[];
  readonly totals: Units;
  /** Milligrams per material that turned from primary into recycled. */
  readonly conversions: ReadonlyMap<number, bigint>;
};

/** Of a history with more corrections than this, a certificate shows the newest. */
export const MAX_CORRECTIONS = 50;

const chokeProcesses: readonly Process[] = ['smelt', 'refine', 'recycle'];

/**
 * Whether a production is where due diligence has its choke point: at a smelter or refiner, or what one does, or
 * what a recycler does, who refines recycled material: recycling, and making primary material recycled.
 */
export function isChokePoint(kind: FacilityKind, process: Process, converts: boolean): boolean {
  return (
    kind === 'smelter-or-refiner' || chokeProcesses.includes(process) || (kind === 'recycler' && converts)
  );
}

/** Legs from one site to another, as a key of `through`. */
export function routeKey({ from, to }: { readonly from: Hex; readonly to: Hex }): string {
  return `${from} ${to}`;
}

/** Moves from one site to another, as a key of `through`. */
export function moveKey({ from, to }: { readonly from: Hex; readonly to: Hex }): string {
  return `${from} ${to} ${WITHOUT_DISPATCH}`;
}

/** What a key of `through` ends on where it is of moves. */
export const WITHOUT_DISPATCH = 'without-dispatch';

/** Who sent what to whom, on which way, as a key. */
export function runKey(run: Pick<RunPassage, 'from' | 'to' | 'consignor' | 'consignee'>): string {
  return [run.from, run.to, run.consignor, run.consignee].join(' ');
}

/** One event as a span. */
export function spanOf({ occurredAt, recordedAt }: Moment): Span {
  const latest = { occurredAt, recordedAt };
  return { firstAt: occurredAt, lastAt: occurredAt, recordedBy: recordedAt, latest };
}

/** Both spans as one. */
export function joined(a: Span, b: Span): Span {
  return {
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    recordedBy: Math.max(a.recordedBy, b.recordedBy),
    latest: later(a.latest, b.latest),
  };
}

/** Recorded longer after it had happened; of equal ones, the one that happened first. */
export function later(a: Moment, b: Moment): Moment {
  return byDelay(a, b) <= 0 ? a : b;
}

function byDelay(a: Moment, b: Moment): number {
  const [x, y] = [a.recordedAt - a.occurredAt, b.recordedAt - b.occurredAt];
  return y - x || a.occurredAt - b.occurredAt;
}

/** The lots of both runs as one run's. */
export function lotsOfBoth(
  { span: a, lots: x }: Pick<RunPassage, 'span' | 'lots'>,
  { span: b, lots: y }: Pick<RunPassage, 'span' | 'lots'>,
): RunLots {
  const either = (order: number, one: Hex, other: Hex) => {
    if (order !== 0) return order < 0 ? one : other;
    return one < other ? one : other;
  };
  return {
    first: either(a.firstAt - b.firstAt, x.first, y.first),
    last: either(b.lastAt - a.lastAt, x.last, y.last),
    latest: either(byDelay(a.latest, b.latest), x.latest, y.latest),
  };
}

/** By what makes each of them one. */
export function keyedUses(uses: readonly UsePassage[]): Map<string, UsePassage> {
  return new Map(uses.map((use) => [keyOfUse(use), use]));
}

/** By what makes each of them one. */
export function keyedRuns(runs: readonly RunPassage[]): Map<string, RunPassage> {
  return new Map(runs.map((run) => [keyOfRun(run), run]));
}

/** By what makes each of them one. */
export function keyedMoves(moves: readonly MovePassage[]): Map<string, MovePassage> {
  return new Map(moves.map((move) => [keyOfMove(move), move]));
}

/** What makes a use one. */
export function keyOfUse({ facility, custodian, process, chokePoint, recycled, pair }: UsePassage): string {
  return [facility, custodian, process, chokePoint, recycled, pair].join(' ');
}

/** What makes a run one. */
export function keyOfRun({ from, to, consignor, consignee, upstream, pair }: RunPassage): string {
  return [from, to, consignor, consignee, upstream, pair].join(' ');
}

/** What makes a move one. */
export function keyOfMove({ from, to, party, pair }: MovePassage): string {
  return [from, to, party, pair].join(' ');
}
