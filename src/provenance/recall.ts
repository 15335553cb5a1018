import { UNITS_PER_MILLIGRAM } from '../protocol/apportion.ts';
import { type PairKey, pairKey, pairOf } from '../protocol/content.ts';

/** A lot that descends from the one recalled, or that one itself. Productions go by the order of their recording. */
export type RecallLot = {
  /** Null while it is live: held, or in transit. */
  readonly spentBy: number | null;
};

/** A production that spent one of the lots. Milligrams per pair: of all its inputs together, and of each output in turn. */
export type RecallProduction<Lot extends RecallLot = RecallLot> = {
  readonly inputs: ReadonlyMap<PairKey, bigint>;
  readonly outputs: readonly Lot[];
  readonly contents: ReadonlyMap<PairKey, readonly bigint[]>;
};

/** What stands of that which was made of a lot: every production that spent it or a descendant, in the order of recording. */
export type RecallGraph<Lot extends RecallLot = RecallLot> = {
  readonly subject: Lot & { readonly content: ReadonlyMap<PairKey, bigint> };
  readonly productions: ReadonlyMap<number, RecallProduction<Lot>>;
};

/** Units of 2⁻⁶⁴ mg per pair that came from the lot recalled. */
export type Affected = ReadonlyMap<PairKey, bigint>;

/** The live lots, each with what of it came from the lot recalled; and, per material, what is in no lot any more. */
export type Recall<Lot extends RecallLot = RecallLot> = {
  readonly live: readonly { readonly lot: Lot; readonly affected: Affected }[];
  readonly gone: ReadonlyMap<number, bigint>;
};

/**
 * Follows a lot's content forward, to where it is now. A production blends its inputs: per pair, each output, what was
 * turned into recycled, and what came out nowhere has its part of the recalled content in proportion to its mass. The
 * parts of one production are apportioned as everywhere (floors, then a unit each to the largest remainders, ties to the
 * earlier output), so that no unit is lost or doubled: per material, what is affected in the live lots and what is gone
 * sum to the recalled lot's content exactly.
 *
 * Going backward from each live lot (`flowOf`) gives the same but for rounding: at each production in between, each
 * way is off the exact fraction by less than a unit per pair.
 *
 * @throws RangeError where more of a pair comes out of a production than went in, which no ledger records
 */
export function recallOf<Lot extends RecallLot>({ subject, productions }: RecallGraph<Lot>): Recall<Lot> {
  const live: { lot: Lot; affected: Affected }[] = [];
  const gone = new Map<number, bigint>();
  const arrived = new Map<number, Map<PairKey, bigint>>();
  const pass = (lot: Lot, affected: ReadonlyMap<PairKey, bigint>) => {
    if (lot.spentBy === null) live.push({ lot, affected });
    else arrived.set(lot.spentBy, added(arrived.get(lot.spentBy), affected));
  };
  pass(subject, new Map([...subject.content].map(([pair, mass]) => [pair, mass * UNITS_PER_MILLIGRAM])));
  for (const [number, production] of productions) {
    const parts = blend(arrived.get(number) ?? new Map(), production);
    arrived.delete(number);
    for (const [index, lot] of production.outputs.entries()) pass(lot, parts.outputs[index] as Affected);
    for (const [material, amount] of parts.gone) gone.set(material, (gone.get(material) ?? 0n) + amount);
  }
  return { live, gone };
}

type Parts = { readonly outputs: readonly Map<PairKey, bigint>[]; readonly gone: Map<number, bigint> };

/** What of the recalled content that went into a production is in each of its outputs. */
function blend(
  arrived: ReadonlyMap<PairKey, bigint>,
  { inputs, outputs, contents }: RecallProduction,
): Parts {
  const parts: Parts = { outputs: outputs.map(() => new Map()), gone: new Map() };
  const give = (pair: PairKey, amounts: readonly bigint[]) => {
    for (let place = 0; place < outputs.length; place += 1)
      if (amounts[place]) parts.outputs[place]?.set(pair, amounts[place] as bigint);
    goes(parts.gone, pair, amounts.at(-1) ?? 0n);
  };
  const none = outputs.map(() => 0n);
  const weights = (pair: PairKey) => contents.get(pair) ?? none;
  for (const { primary, recycled } of materialsIn(arrived)) {
    const out = weights(recycled);
    const intoRecycled = inputs.get(recycled) ?? 0n;
    const converted = excess(sum(out), intoRecycled);
    const fromPrimary = divide(
      arrived.get(primary) ?? 0n,
      [...weights(primary), converted],
      inputs.get(primary) ?? 0n,
    );
    const turned = fromPrimary[outputs.length] ?? 0n;
    give(primary, fromPrimary);
    give(recycled, divide((arrived.get(recycled) ?? 0n) + turned, out, intoRecycled + converted));
  }
  return parts;
}

type MaterialPairs = { readonly primary: PairKey; readonly recycled: PairKey };

function materialsIn(amounts: ReadonlyMap<PairKey, bigint>): Iterable<MaterialPairs> {
  const found = new Map<number, MaterialPairs>();
  for (const pair of amounts.keys()) {
    const { material } = pairOf(pair);
    if (!found.has(material))
      found.set(material, { primary: pairKey(material, false), recycled: pairKey(material, true) });
  }
  return found.values();
}

/**
 * `amount` in proportion to `weights` and to what is missing of `whole`, which comes last.
 * The same as `apportion` with the places as keys; here without keys, because a recall asks it a hundred thousand times.
 */
function divide(amount: bigint, weights: readonly bigint[], whole: bigint): bigint[] {
  const out = sum(weights);
  if (out > whole) throw new RangeError(`A production makes ${out} mg of ${whole} mg that went in`);
  if (amount === 0n) return [];
  const all = [...weights, whole - out];
  // Nothing else was blended in: no fraction can arise.
  if (amount === whole * UNITS_PER_MILLIGRAM) return all.map((weight) => weight * UNITS_PER_MILLIGRAM);
  const products = all.map((weight) => amount * weight);
  const parts = products.map((product) => product / whole);
  const left = Number(amount - sum(parts));
  const remainders = products.map((product, place) => product - (parts[place] ?? 0n) * whole);
  for (let given = 0; given < left; given += 1) {
    const place = largestOf(remainders);
    parts[place] = (parts[place] ?? 0n) + 1n;
    remainders[place] = -1n;
  }
  return parts;
}

/** The first of the largest. */
function largestOf(amounts: readonly bigint[]): number {
  let best = 0;
  for (let place = 1; place < amounts.length; place += 1)
    if ((amounts[place] ?? 0n) > (amounts[best] ?? 0n)) best = place;
  return best;
}

function sum(amounts: readonly bigint[]): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

function excess(out: bigint, into: bigint): bigint {
  return out > into ? out - into : 0n;
}

function added(
  to: Map<PairKey, bigint> = new Map(),
  amounts: ReadonlyMap<PairKey, bigint>,
): Map<PairKey, bigint> {
  for (const [pair, amount] of amounts) to.set(pair, (to.get(pair) ?? 0n) + amount);
  return to;
}

function goes(gone: Map<number, bigint>, pair: PairKey, amount: bigint): void {
  if (amount === 0n) return;
  const { material } = pairOf(pair);
  gone.set(material, (gone.get(material) ?? 0n) + amount);
}
