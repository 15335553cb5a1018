import type { Generated } from 'kysely';
import type { Bytes, Json, OptionalBytes, OptionalText, Text } from './columns.ts';

type DisclosureTable = {
  id: Bytes;
  root: Bytes;
  author: Bytes;
  message: Json;
  signature: Bytes;
  issued_at: number;
  received_at: number;
};
type SharedFieldTable = { root: Bytes; author: Bytes; leaf: Bytes; field: Json; shared_at: number };
type FieldReaderTable = {
  position: Generated<number>;
  root: Bytes;
  author: Bytes;
  leaf: Bytes;
  party: Bytes;
};
type SessionTable = {
  token: Bytes;
  nonce: string;
  party: Bytes;
  account: Bytes;
  expires_at: number;
  kept_until: number;
};
type EvidenceRequestTable = {
  position: Generated<number>;
  id: Bytes;
  addressee: Bytes;
  asker: OptionalBytes;
  subject_kind: 'facility' | 'lot' | 'party' | 'dispatch' | 'attestation';
  subject: Bytes;
  lot: OptionalBytes;
  rule: OptionalText;
  message: Text;
  contact: OptionalText;
  asked_at: number;
  answer: 'evidence' | 'statement' | 'declined' | null;
  answer_id: OptionalBytes;
  answer_note: OptionalText;
  answered_at: number | null;
};
type TradeItemTable = { root: Bytes; gtin: Text; serial: OptionalText; batch: OptionalText };
type ServerSecretTable = { secret: Bytes };

type ReadGrantTable = {
  party: Bytes;
  reader: Bytes;
  valid_until: number;
  issued_at: number;
  signature: Bytes;
};

/** Who may see what, who is signed in, and who asks for what: see 0008 and after. */
export type SharingTables = {
  disclosure: DisclosureTable;
  shared_field: SharedFieldTable;
  field_reader: FieldReaderTable;
  session: SessionTable;
  server_secret: ServerSecretTable;
  trade_item: TradeItemTable;
  evidence_request: EvidenceRequestTable;
  read_grant: ReadGrantTable;
};
