-- What the chain says. Every row hangs from its block, so that a reorg is one delete (lot_current is recomputed).
-- `seq` = block number * 1000000 + log index: the order of events. Masses are numeric milligrams, times Unix seconds.
-- Text that comes from statements is escaped (src/store/text.ts), because PostgreSQL's text holds no NUL.
-- json, not jsonb: it keeps every string as it came, NUL included, and nothing here looks inside.

create domain bytes32 as bytea check (octet_length(value) = 32);
create domain account as bytea check (octet_length(value) = 20);
create domain milligrams as numeric(20) check (value >= 0);

create table chain (
  only_row boolean primary key default true check (only_row),
  chain_id int8 not null,
  ledger account not null,
  deployed_at int8 not null,
  finalized int8 not null
);

create table block (
  number int8 primary key,
  hash bytes32 not null unique,
  parent bytes32 not null,
  time int8 not null
);

create table statement (
  id bytes32 primary key,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  transaction bytes32 not null,
  type text not null,
  author account not null,
  signer account not null,
  signature bytea not null,
  message json not null,
  recorded_at int8 not null
);
create index statement_block on statement (block);

-- Every evidence root that an event names, so that one look-up tells whether anybody needs a document.
create table named_root (
  root bytes32 not null,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  primary key (root, seq)
);
create index named_root_block on named_root (block);

create table party_act (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  party account not null,
  act text not null check (act in ('admit', 'suspend', 'reinstate')),
  evidence bytes32 not null,
  recorded_at int8 not null
);
create index party_act_party on party_act (party, seq);
create index party_act_block on party_act (block);

create table accreditation_act (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  auditor account not null,
  scheme text not null,
  act text not null check (act in ('accredit', 'withdraw')),
  evidence bytes32 not null,
  recorded_at int8 not null
);
create index accreditation_act_auditor on accreditation_act (auditor, seq);
create index accreditation_act_block on accreditation_act (block);

create table facility (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  operator account not null,
  kind int8 not null,
  country int8 not null,
  evidence bytes32 not null,
  recorded_at int8 not null
);
create index facility_operator on facility (operator, seq);
create index facility_block on facility (block);

create table quota_grant (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  facility bytes32 not null,
  material int8 not null,
  recycled boolean not null,
  year int8 not null,
  milligrams milligrams not null,
  evidence bytes32 not null,
  recorded_at int8 not null
);
create index quota_grant_facility on quota_grant (facility, seq);
create index quota_grant_block on quota_grant (block);

create table production (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  custodian account not null,
  facility bytes32 not null,
  process int8 not null,
  custody_model int8 not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index production_facility on production (facility, seq);
create index production_block on production (block);

create table lot (
  id bytes32 primary key,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  production bytes32 not null references production on delete cascade,
  output int8 not null,
  commodity int8 not null,
  milligrams milligrams not null,
  evidence bytes32 not null,
  unique (production, output)
);
create index lot_block on lot (block);

create table content (
  lot bytes32 not null references lot on delete cascade,
  material int8 not null,
  recycled boolean not null,
  milligrams milligrams not null,
  primary key (lot, material, recycled)
);
create index content_material on content (material, lot);

create table production_input (
  production bytes32 not null references production on delete cascade,
  position int8 not null,
  lot bytes32 not null,
  head bytes32 not null,
  primary key (production, position)
);
create unique index production_input_lot on production_input (lot);

create table dispatch (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  consignor account not null,
  consignee account not null,
  from_facility bytes32 not null,
  to_facility bytes32 not null,
  mode int8 not null,
  recall_from int8 not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index dispatch_block on dispatch (block);

create table receipt (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  party account not null,
  dispatch bytes32 not null references dispatch on delete cascade,
  accepted boolean not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index receipt_dispatch on receipt (dispatch);
create index receipt_block on receipt (block);

-- A lot's life, one row per statement that touched it. The last row is its present state.
-- `head` is what the next statement must name; `facility` is where the lot is (in transit: where it is going).
create table lot_event (
  lot bytes32 not null references lot on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  statement bytes32 not null references statement on delete cascade,
  kind text not null check (kind in ('birth', 'dispatch', 'accept', 'refuse', 'recall', 'spend')),
  status text not null check (status in ('held', 'in-transit', 'spent')),
  head bytes32 not null,
  custodian account not null,
  facility bytes32 not null,
  weighed milligrams,
  occurred_at int8 not null,
  recorded_at int8 not null,
  primary key (lot, seq)
);
create index lot_event_statement on lot_event (statement);
create index lot_event_block on lot_event (block);

-- The last lot_event of each lot, kept as a table so that "what does this party hold" walks an index.
-- `born_seq` and `output` are the lot's own, in the order in which lists show lots.
create table lot_current (
  lot bytes32 primary key references lot on delete cascade,
  born_seq int8 not null,
  output int8 not null,
  seq int8 not null,
  statement bytes32 not null,
  kind text not null,
  status text not null,
  head bytes32 not null,
  custodian account not null,
  facility bytes32 not null,
  weighed milligrams,
  occurred_at int8 not null,
  recorded_at int8 not null
);
create index lot_current_born on lot_current (born_seq desc, output desc);
create index lot_current_custodian on lot_current (custodian, born_seq desc, output desc);
create index lot_current_facility on lot_current (facility, born_seq desc, output desc);
create index lot_current_in_circulation on lot_current (custodian, status, born_seq desc, output desc)
  where status <> 'spent';

create table attestation (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  auditor account not null,
  subject bytes32 not null,
  scheme text not null,
  outcome int8 not null,
  valid_from int8 not null,
  valid_until int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index attestation_subject on attestation (subject, seq);
create index attestation_auditor on attestation (auditor, seq);
create index attestation_block on attestation (block);

create table revocation (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  author account not null,
  attestation bytes32 not null references attestation on delete cascade,
  effective_at int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index revocation_attestation on revocation (attestation, seq);
create index revocation_block on revocation (block);
