import type { Witness } from '../../chain/witness.ts';
import type { Hex } from '../../protocol/hex.ts';
import { birthsOf } from '../../protocol/lots.ts';
import type { Correction } from '../../protocol/statements.ts';
import type { LotHeadNow } from '../../store/outbox.ts';
import { refused } from './refused.ts';

/** The lots that a correction touches: what the production used up, and what it made. */
export function lotsCorrected(
  { production }: Correction,
  { corrected }: Witness,
): { readonly inputs: readonly Hex[]; readonly outputs: readonly Hex[] } {
  if (!corrected) return { inputs: [], outputs: [] };
  return {
    inputs: corrected.inputs.map(({ lot }) => lot),
    outputs: birthsOf(production, corrected.outputs).map(({ lot }) => lot),
  };
}

/** By the index and the accepted statements. `moved`: the lots that were ever sent. */
export type Lots = { readonly lots: ReadonlyMap<Hex, LotHeadNow>; readonly moved: ReadonlySet<Hex> };

/**
 * Refuses a correction of what has moved, or was corrected before.
 * @param judges whether a lot is judged here, and not by the chain alone  @throws ProblemError
 */
export function requireUnmoved(
  message: Correction,
  witness: Witness,
  { lots, moved, judges }: Lots & { readonly judges: (lot: LotHeadNow | undefined) => boolean },
): void {
  const { production } = message;
  const { inputs, outputs } = lotsCorrected(message, witness);
  for (const lot of outputs) {
    const present = lots.get(lot);
    if (!judges(present)) continue;
    if (present?.status === 'void')
      throw refused('ProductionIsCorrected', { production }, 'message.production');
    if (present?.status !== 'held' || moved.has(lot))
      throw refused('OutputMoved', { lot }, 'message.production');
  }
  for (const lot of inputs) {
    const present = lots.get(lot);
    if (judges(present) && present?.head !== production)
      throw refused('ProductionIsCorrected', { production }, 'message.production');
  }
}

/** @throws ProblemError where the production is another party's */
export function requireOwn({ author }: Correction, { corrected }: Witness): void {
  const custodian = String(corrected?.custodian);
  if (custodian !== author) throw refused('CorrectionNotByAuthor', { custodian, author }, 'message.author');
}
