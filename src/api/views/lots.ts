import type { Hex } from '../../protocol/hex.ts';
import type { AncestryEdge } from '../../store/queries/ancestry.ts';
import type { LotHistoryRow } from '../../store/queries/lot-history.ts';
import type { LotDetailRow, LotRow, TransitRow } from '../../store/queries/lots.ts';
import type { CorrectionRow } from '../../store/queries/productions.ts';
import type { AttestationSummary } from '../schemas/attestations.ts';
import type {
  AncestryNode,
  Correction,
  LotDetail,
  LotHistoryEntry,
  LotSummary,
  Transit,
} from '../schemas/lots.ts';
import type { Mentions, Names } from './names.ts';
import { contentView } from './values.ts';

/** The parties and facilities that lots mention. */
export function idsInLots(rows: readonly LotRow[]): Mentions {
  return {
    parties: rows.flatMap((row) => [row.custodian, row.producer]),
    facilities: rows.flatMap((row) => [row.facility, row.bornAt]),
  };
}

export function idsInTransit(transit: TransitRow | null): Mentions {
  if (!transit) return { parties: [], facilities: [] };
  return { parties: [transit.consignor, transit.consignee], facilities: [transit.from, transit.to] };
}

export function lotSummaryView(row: LotRow, names: Names): LotSummary {
  return {
    id: row.lot,
    status: row.status,
    head: row.head,
    commodity: row.commodity,
    milligrams: String(row.milligrams),
    content: row.content.map(contentView),
    custodian: names.party(row.custodian),
    facility: names.facility(row.facility),
    process: row.process,
    custodyModel: row.custodyModel,
    occurredAt: row.occurredAt,
    recordedAt: row.recordedAt,
  };
}

export function lotDetailView(
  row: LotDetailRow,
  names: Names,
  attestations: AttestationSummary[],
): LotDetail {
  const { statement, kind, occurredAt, recordedAt } = row.lastEvent;
  return {
    ...lotSummaryView(row, names),
    production: {
      id: row.production,
      output: row.index,
      custodian: names.party(row.made.custodian),
      facility: names.facility(row.made.facility),
      evidence: row.made.evidence,
      inputs: row.made.inputs.map(({ lot, head }) => ({ lot, head })),
      outputs: [...row.made.outputs],
      correctedBy: row.made.correction && correctionView(row.made.correction, names),
    },
    evidence: row.evidence,
    weighed: row.weighed === null ? null : String(row.weighed),
    lastEvent: { statement, kind, occurredAt, recordedAt },
    transit: row.transit && transitView(row.transit, names),
    spentBy: row.spentBy,
    attestations,
    final: row.final,
  };
}

function correctionView({ author, ...correction }: CorrectionRow, names: Names): Correction {
  return { ...correction, author: names.party(author) };
}

function transitView(transit: TransitRow, names: Names): Transit {
  return {
    dispatch: transit.dispatch,
    consignor: names.party(transit.consignor),
    consignee: names.party(transit.consignee),
    from: names.facility(transit.from),
    to: names.facility(transit.to),
    mode: transit.mode,
    occurredAt: transit.occurredAt,
    recallFrom: transit.recallFrom,
  };
}

export function lotHistoryView(row: LotHistoryRow, names: Names): LotHistoryEntry {
  return {
    ...row,
    custodian: names.party(row.custodian),
    facility: names.facility(row.facility),
    author: names.party(row.author),
    weighed: row.weighed === null ? null : String(row.weighed),
  };
}

export function ancestryNodeView(row: LotRow & { readonly depth: number }, names: Names): AncestryNode {
  return {
    id: row.lot,
    depth: row.depth,
    status: row.status,
    commodity: row.commodity,
    milligrams: String(row.milligrams),
    content: row.content.map(contentView),
    production: row.production,
    process: row.process,
    custodyModel: row.custodyModel,
    custodian: names.party(row.producer),
    facility: names.facility(row.bornAt),
    occurredAt: row.occurredAt,
  };
}

export function edgeView({ from, to, production }: AncestryEdge): { from: Hex; to: Hex; production: Hex } {
  return { from, to, production };
}
