import type { Generated, Kysely } from 'kysely';
import type { AuditTables } from './audit-tables.ts';
import type { Bytes, Json, OptionalBytes, OptionalText, Text } from './columns.ts';
import type { SharingTables } from './sharing-tables.ts';

export type PartyAct = 'admit' | 'suspend' | 'reinstate';
export type AccreditationAct = 'accredit' | 'withdraw';
export type LotStatus = 'held' | 'in-transit' | 'spent' | 'void';
export type LotEventKind =
  | 'birth'
  | 'dispatch'
  | 'accept'
  | 'refuse'
  | 'recall'
  | 'spend'
  | 'restore'
  | 'void';

/** Where in the chain a row comes from: `seq` = block number * 1000000 + log index. */
type Placed = { seq: number; block: number };

type ChainTable = { chain_id: number; ledger: Bytes; deployed_at: number; finalized: number };
type BlockTable = { number: number; hash: Bytes; parent: Bytes; time: number };
type StatementTable = Placed & {
  id: Bytes;
  transaction: Bytes;
  type: string;
  author: Bytes;
  signer: Bytes;
  signature: Bytes;
  message: Json;
  recorded_at: number;
};
type NamedRootTable = Placed & { root: Bytes };
type PartyActTable = Placed & { party: Bytes; act: PartyAct; evidence: Bytes; recorded_at: number };
type AccreditationActTable = Placed & {
  auditor: Bytes;
  scheme: Text;
  act: AccreditationAct;
  evidence: Bytes;
  recorded_at: number;
};
type FacilityTable = Placed & {
  id: Bytes;
  operator: Bytes;
  kind: number;
  country: number;
  evidence: Bytes;
  recorded_at: number;
};
type QuotaGrantTable = Placed & {
  facility: Bytes;
  material: number;
  recycled: boolean;
  year: number;
  milligrams: bigint;
  evidence: Bytes;
  recorded_at: number;
};
type ProductionTable = Placed & {
  id: Bytes;
  custodian: Bytes;
  facility: Bytes;
  process: number;
  custody_model: number;
  occurred_at: number;
  recorded_at: number;
  evidence: Bytes;
};
type LotTable = Placed & {
  id: Bytes;
  production: Bytes;
  output: number;
  commodity: number;
  milligrams: bigint;
  evidence: Bytes;
};
type ContentTable = {
  lot: Bytes;
  seq: number;
  output: number;
  material: number;
  recycled: boolean;
  milligrams: bigint;
};
type ProductionInputTable = { production: Bytes; position: number; lot: Bytes; head: Bytes };
type ProductionSummaryTable = {
  production: Bytes;
  origins_of: Bytes;
  origins: OptionalBytes;
  sites: Bytes;
  passages: Bytes;
  productions: number;
  lots: number;
};
/** Packed: see 0007-recall.sql. */
type ProductionContentTable = Placed & { inputs: string; outputs: string };
type DispatchTable = Placed & {
  id: Bytes;
  consignor: Bytes;
  consignee: Bytes;
  from_facility: Bytes;
  to_facility: Bytes;
  mode: number;
  recall_from: number;
  occurred_at: number;
  recorded_at: number;
  evidence: Bytes;
};
type ReceiptTable = Placed & {
  id: Bytes;
  party: Bytes;
  dispatch: Bytes;
  accepted: boolean;
  occurred_at: number;
  recorded_at: number;
  evidence: Bytes;
};
type LotState = {
  lot: Bytes;
  statement: Bytes;
  kind: LotEventKind;
  status: LotStatus;
  head: Bytes;
  custodian: Bytes;
  facility: Bytes;
  weighed: bigint | null;
  occurred_at: number;
  recorded_at: number;
};
type LotEventTable = Placed & LotState;
type LotCurrentTable = LotState & { seq: number; born_seq: number; output: number };
type AttestationTable = Placed & {
  id: Bytes;
  auditor: Bytes;
  subject: Bytes;
  scheme: Text;
  outcome: number;
  valid_from: number;
  valid_until: number;
  recorded_at: number;
  evidence: Bytes;
};
type RevocationTable = Placed & {
  id: Bytes;
  author: Bytes;
  attestation: Bytes;
  effective_at: number;
  recorded_at: number;
  evidence: Bytes;
};
type CorrectionTable = Placed & {
  id: Bytes;
  author: Bytes;
  production: Bytes;
  occurred_at: number;
  recorded_at: number;
  evidence: Bytes;
};
type ObservationTable = Placed & {
  id: Bytes;
  observer: Bytes;
  device: Bytes;
  subject: Bytes;
  previous: Bytes;
  root: Bytes;
  count: number;
  observed_from: number;
  observed_until: number;
  recorded_at: number;
  evidence: Bytes;
};
type DelegationTable = Placed & {
  id: Bytes;
  party: Bytes;
  delegate: Bytes;
  scope: number;
  valid_until: number;
  issued_at: number;
  recorded_at: number;
};
type KeyReplacementTable = Placed & {
  id: Bytes;
  party: Bytes;
  key: Bytes;
  number: number;
  recorded_at: number;
};
type KeyObjectionTable = Placed & {
  id: Bytes;
  party: Bytes;
  key: Bytes;
  effective_at: number;
  recorded_at: number;
};
type KeyProposalTable = Placed & {
  party: Bytes;
  key: Bytes;
  effective_at: number;
  evidence: Bytes;
  recorded_at: number;
};
type KeyCompletionTable = Placed & { party: Bytes; key: Bytes; number: number; recorded_at: number };
type PartyKeyView = {
  party: Bytes;
  seq: number;
  number: number;
  key: Bytes;
  id: OptionalBytes;
  recorded_at: number;
};
type OutboxTable = {
  position: Generated<number>;
  id: Bytes;
  type: string;
  author: Bytes;
  message: Json;
  signature: Bytes;
  witness: Json;
  accepted_at: number;
  refused_code: OptionalText;
  refused_detail: OptionalText;
  refused_permanent: boolean | null;
  refused_at_block: number | null;
  rejected_at: number | null;
  final_block: number | null;
};
type OutboxHeadTable = {
  statement: Bytes;
  lot: Bytes;
  extends: OptionalBytes;
  head: Bytes;
  status: LotStatus;
};
type OutboxRootTable = { root: Bytes; statement: Bytes };
type EvidenceTable = { root: Bytes; fields: Json; gist: OptionalText; received_at: number };

/** The tables, as src/store/migrations make them. */
export type Schema = {
  chain: ChainTable;
  block: BlockTable;
  statement: StatementTable;
  named_root: NamedRootTable;
  party_act: PartyActTable;
  accreditation_act: AccreditationActTable;
  facility: FacilityTable;
  quota_grant: QuotaGrantTable;
  production: ProductionTable;
  lot: LotTable;
  content: ContentTable;
  production_input: ProductionInputTable;
  production_summary: ProductionSummaryTable;
  production_content: ProductionContentTable;
  dispatch: DispatchTable;
  receipt: ReceiptTable;
  lot_event: LotEventTable;
  lot_current: LotCurrentTable;
  attestation: AttestationTable;
  revocation: RevocationTable;
  correction: CorrectionTable;
  observation: ObservationTable;
  delegation: DelegationTable;
  key_replacement: KeyReplacementTable;
  key_objection: KeyObjectionTable;
  key_proposal: KeyProposalTable;
  key_completion: KeyCompletionTable;
  party_key: PartyKeyView;
  outbox: OutboxTable;
  outbox_head: OutboxHeadTable;
  outbox_root: OutboxRootTable;
  evidence: EvidenceTable;
} & SharingTables &
  AuditTables;

/** What queries run on: the database, or a transaction of it. */
export type Db = Kysely<Schema>;
