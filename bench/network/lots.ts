import { normalContent, pairOf, sumContent } from '../../src/protocol/content.ts';
import type { Hex } from '../../src/protocol/hex.ts';
import type { Birth } from '../../src/protocol/lots.ts';
import type { Content, Output } from '../../src/protocol/statements.ts';
import type { Dice } from '../../test/model/draw/dice.ts';

/** A lot that somebody holds, with what is needed to spend it. */
export type Lot = { readonly lot: Hex; readonly head: Hex; readonly birth: Birth };

const COBALT = 27;
const NICKEL = 28;
const TONNE = 1_000_000_000n;

/** What mines and recyclers have a quota for. */
export const materials = [COBALT, NICKEL] as const;

/** Drums or bags of about a tonne, no two alike. */
export function bags(count: number, recycled: boolean, dice: Dice): Output[] {
  return Array.from({ length: count }, () => {
    const milligrams = TONNE + BigInt(dice.int(0, 40_000)) * 1_000n;
    const content = [
      { material: COBALT, recycled, milligrams: (milligrams * 3n) / 10n },
      { material: NICKEL, recycled, milligrams: milligrams / 20n },
    ];
    return { commodity: 282_200, milligrams, content, evidence: dice.bytes32() };
  });
}

/** `share` (in thousandths) of what the lots hold, in `count` equal parts. The rest is lost, or put aside. */
export function partsOf(
  lots: readonly Lot[],
  { count, share, commodity }: { count: number; share: bigint; commodity: number },
  dice: Dice,
): Output[] {
  const total = held(lots);
  return Array.from({ length: count }, () =>
    output(commodity, scaled(total, share, 1_000n * BigInt(count)), dice),
  );
}

/** The same, with all that was primary made recycled. */
export function recycledParts(lots: readonly Lot[], count: number, dice: Dice): Output[] {
  const total = normalContent(held(lots).map((content) => ({ ...content, recycled: true })));
  return Array.from({ length: count }, () =>
    output(810_530, scaled(total, 950n, 1_000n * BigInt(count)), dice),
  );
}

/** All that the lots hold, per pair. */
function held(lots: readonly Lot[]): Content[] {
  const contents = lots.map(({ birth }) => birth.output.content);
  return normalContent(
    [...sumContent(contents)].map(([key, milligrams]) => ({ ...pairOf(key), milligrams })),
  );
}

function scaled(content: readonly Content[], share: bigint, whole: bigint): Content[] {
  return normalContent(content.map((part) => ({ ...part, milligrams: (part.milligrams * share) / whole })));
}

/** Half as heavy again as what it holds of the tracked materials. */
function output(commodity: number, content: Content[], dice: Dice): Output {
  const tracked = content.reduce((sum, { milligrams }) => sum + milligrams, 0n);
  return { commodity, milligrams: (tracked * 3n) / 2n + 1n, content, evidence: dice.bytes32() };
}
