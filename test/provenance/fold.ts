import type { Hex } from '../../src/protocol/hex.ts';
import { ancestryOf } from '../../src/provenance/graph.ts';
import type { History, ProductionNode } from '../../src/provenance/history.ts';
import { milligramsOf, type OriginVectors, summaryOf } from '../../src/provenance/origins.ts';
import { type SummarisedLot, summariseProduction } from '../../src/provenance/summary.ts';

/**
 * The lots that productions of a history made, each with its provenance: one production after the other, from its inputs'
 * summaries alone.
 *
 * @param productions inputs before what is made of them; without it, in the history's order
 */
export function foldAll(
  history: History,
  productions: Iterable<ProductionNode> = history.productions.values(),
): Map<Hex, SummarisedLot> {
  const lots = new Map<Hex, SummarisedLot>();
  const contentOf = (lot: Hex) => history.lots.get(lot)?.content ?? [];
  for (const production of productions) {
    const inputs = production.inputs.map((input) => {
      const lot = lots.get(input) as SummarisedLot;
      return { ...lot, restored: lot.restored.filter((one) => isBefore(history, one.id, production)) };
    });
    const kind = history.facilities.get(production.facility)?.kind ?? 'storage';
    const made = summariseProduction({ ...production, kind }, inputs, production.outputs.map(contentOf));
    for (const output of production.outputs)
      lots.set(output, {
        ...{
          lot: output,
          milligrams: history.lots.get(output)?.milligrams ?? 0n,
          content: contentOf(output),
        },
        ...{ made, bornAt: production.facility, journeys: history.legs.get(output) ?? [] },
        restored: history.corrections.filter(({ restored }) => restored.includes(output)),
      });
  }
  return lots;
}

/** Whether a correction gave its lots back before a production spent them: not where it undid that very production. */
function isBefore(history: History, correction: Hex, { id, recordedAt }: ProductionNode): boolean {
  const known = history.corrections.find((one) => one.id === correction);
  return known !== undefined && known.production !== id && known.recordedAt <= recordedAt;
}

/** Milligrams per origin, per pair, of one lot, from its whole history; they sum to the lot's content exactly. */
export function originsOf(history: History, lot: Hex): OriginVectors {
  const ancestry = ancestryOf(history, lot);
  return milligramsOf(ancestry.lot.content, summaryOf(history, ancestry));
}
