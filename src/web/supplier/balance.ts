import { type PairKey, pairOf, sumContent } from '../../protocol/content.ts';
import type { Content } from '../../protocol/statements.ts';

/** Of one material, primary or recycled: what goes in, what comes out, in milligrams. `loss` below zero is impossible. */
export type BalanceLine = {
  readonly key: PairKey;
  readonly material: number;
  readonly recycled: boolean;
  readonly input: bigint;
  readonly output: bigint;
  readonly loss: bigint;
};

/** What goes in against what comes out, per material, primary and recycled apart. */
export function balanceOf(
  inputs: Iterable<Iterable<Content>>,
  outputs: Iterable<Iterable<Content>>,
): BalanceLine[] {
  const [ins, outs] = [sumContent(inputs), sumContent(outputs)];
  return [...new Set([...ins.keys(), ...outs.keys()])].sort().map((key) => {
    const [input, output] = [ins.get(key) ?? 0n, outs.get(key) ?? 0n];
    return { key, ...pairOf(key), input, output, loss: input - output };
  });
}

/**
 * Whether the ledger would take it: no pair comes out that did not go in. At a recycler primary may become recycled, within
 * the material's total (and a quota, which the ledger alone knows).
 */
export function isPossible(lines: readonly BalanceLine[], isRecycling: boolean): boolean {
  if (!isRecycling) return lines.every(({ loss }) => loss >= 0n);
  const totals = Map.groupBy(lines, ({ material }) => material);
  return [...totals.values()].every((pairs) => {
    const total = pairs.reduce((sum, { loss }) => sum + loss, 0n);
    return total >= 0n && pairs.every(({ recycled, loss }) => recycled || loss >= 0n);
  });
}
