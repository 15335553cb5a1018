import type { FacilityKind, Process } from '../protocol/codes.ts';
import { pairKey, pairOf, sumContent } from '../protocol/content.ts';
import { isOriginProcess } from '../protocol/origin.ts';
import type { Output } from '../protocol/statements.ts';

export type Balance = {
  readonly step: string;
  readonly kind: FacilityKind;
  readonly process: Process;
  readonly inputs: readonly Output[];
  readonly outputs: readonly Output[];
};

/**
 * The ledger's conservation, offline: per (material, recycled) pair no milligram comes out that did not go in; at a
 * recycler primary may come out as recycled.
 *
 * @throws RangeError that names the step and the pair
 */
export function checkBalance({ step, kind, process, inputs, outputs }: Balance): void {
  for (const output of outputs) {
    const content = output.content.reduce((sum, { milligrams }) => sum + milligrams, 0n);
    if (content > output.milligrams)
      throw new RangeError(`${step}: ${content} mg of content in ${output.milligrams} mg`);
  }
  if (isOriginProcess(process)) return;
  const went = sumContent(inputs.map((input) => input.content));
  const came = sumContent(outputs.map((output) => output.content));
  for (const [key, out] of came) {
    const { material, recycled } = pairOf(key);
    const primary = pairKey(material, false);
    const convertible =
      recycled && kind === 'recycler' ? (went.get(primary) ?? 0n) - (came.get(primary) ?? 0n) : 0n;
    const available = (went.get(key) ?? 0n) + convertible;
    if (out > available) throw new RangeError(`${step}: ${out} mg of ${key} from ${available} mg`);
  }
}
