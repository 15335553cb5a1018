import { type PairKey, pairOf } from '../../protocol/content.ts';
import type { Hex } from '../../protocol/hex.ts';
import { materialOf } from '../../protocol/materials.ts';
import { byMaterial, wholeMilligrams } from '../../provenance/flow.ts';
import type { Affected, Recall } from '../../provenance/recall.ts';
import type { IndexHead } from '../../store/queries/head.ts';
import type { RecallLotRow, RecallRows } from '../../store/queries/recall.ts';
import type { AffectedContent, Balance, HoldingLine, RecallLine } from '../schemas/recall.ts';
import type { Names } from './names.ts';

type Live = Recall<RecallLotRow>['live'];
export type Holding = { readonly party: Hex; readonly live: Live };

/** The live lots by holder: holders by their ids, lots by their birth. */
export function holdingsOf({ live }: Recall<RecallLotRow>): Holding[] {
  return [...Map.groupBy(live, ({ lot }) => lot.custodian)]
    .map(([party, lots]) => ({ party, live: lots }))
    .sort((a, b) => (a.party < b.party ? -1 : 1));
}

/** What is said of the recall as a whole. */
export type Recalled = {
  readonly subject: RecallRows['subject'];
  readonly recall: Recall<RecallLotRow>;
  readonly holdings: readonly Holding[];
  readonly asOf: IndexHead;
};

export function* recallLines(recalled: Recalled, names: Names): Generator<RecallLine> {
  yield headLine(recalled);
  yield* holdingLines(recalled.holdings, names);
}

/** A line for each holder, with one for each of its lots after it, and the last line. */
export function* holdingLines(holdings: readonly Holding[], names: Names): Generator<HoldingLine> {
  for (const { party, live } of holdings) {
    const affected = affectedView(sumOf(live));
    yield { kind: 'holder', party: names.party(party), lots: live.length, affected };
    for (const one of live) yield lotLine(one);
  }
  yield { kind: 'end' };
}

function headLine({ subject, recall, holdings, asOf }: Recalled): RecallLine {
  const materials = balancesView(subject.content, recall);
  return {
    ...{ kind: 'recall', lot: subject.lot, asOf: { block: asOf.number, hash: asOf.hash, time: asOf.time } },
    ...{ materials, holders: holdings.length, lots: recall.live.length },
  };
}

/** How much of each material there was, and where it is now. */
export function balancesView(content: ReadonlyMap<PairKey, bigint>, recall: Recall<RecallLotRow>): Balance[] {
  const live = byMaterial(sumOf(recall.live));
  return [...byMaterial(content)].map(([material, milligrams]) => ({
    ...materialView(material),
    milligrams: String(milligrams),
    live: String(live.get(material) ?? 0n),
    gone: String(recall.gone.get(material) ?? 0n),
  }));
}

function lotLine({ lot: { lot, status, facility }, affected }: Live[number]): HoldingLine {
  return {
    ...{ kind: 'lot', id: lot, status: status === 'in-transit' ? status : 'held', facility },
    affected: affectedView(affected),
  };
}

function affectedView(affected: Affected): AffectedContent[] {
  return [...affected].map(([pair, units]) => {
    const { material, recycled } = pairOf(pair);
    return {
      ...{ ...materialView(material), recycled },
      ...{ milligrams: String(wholeMilligrams(units)), units: String(units) },
    };
  });
}

function materialView(material: number) {
  const { symbol, name } = materialOf(material);
  return { material, symbol, name };
}

function sumOf(live: Live): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { affected } of live)
    for (const [pair, units] of affected) sums.set(pair, (sums.get(pair) ?? 0n) + units);
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}
