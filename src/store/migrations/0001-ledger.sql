-- What the chain says. Every row hangs from its block, so that a reorg is one delete.
-- `seq` = block number * 1000000 + log index: the order of events. Masses are numeric milligrams, times Unix seconds.

create table chain (
  only_row boolean primary key default true check (only_row),
  chain_id int8 not null,
  ledger bytea not null,
  deployed_at int8 not null,
  finalized int8 not null
);

create table block (
  number int8 primary key,
  hash bytea not null unique,
  parent bytea not null,
  time int8 not null
);

create table statement (
  id bytea primary key,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  transaction bytea not null,
  type text not null,
  author bytea not null,
  signer bytea not null,
  signature bytea not null,
  message jsonb not null,
  recorded_at int8 not null
);
create index statement_block on statement (block);

create table party_act (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  party bytea not null,
  act text not null check (act in ('admit', 'suspend', 'reinstate')),
  evidence bytea not null,
  recorded_at int8 not null
);
create index party_act_party on party_act (party, seq);
create index party_act_block on party_act (block);

create table accreditation_act (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  auditor bytea not null,
  scheme text not null,
  act text not null check (act in ('accredit', 'withdraw')),
  evidence bytea not null,
  recorded_at int8 not null
);
create index accreditation_act_auditor on accreditation_act (auditor, seq);
create index accreditation_act_block on accreditation_act (block);

create table facility (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  operator bytea not null,
  kind int8 not null,
  country int8 not null,
  evidence bytea not null,
  recorded_at int8 not null
);
create index facility_operator on facility (operator);
create index facility_block on facility (block);

create table quota_grant (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  facility bytea not null,
  material int8 not null,
  recycled boolean not null,
  year int8 not null,
  milligrams numeric(19) not null,
  evidence bytea not null,
  recorded_at int8 not null
);
create index quota_grant_facility on quota_grant (facility, seq);
create index quota_grant_block on quota_grant (block);

create table production (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  custodian bytea not null,
  facility bytea not null,
  process int8 not null,
  custody_model int8 not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytea not null
);
create index production_facility on production (facility, seq);
create index production_block on production (block);

create table lot (
  id bytea primary key,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  production bytea not null references production on delete cascade,
  output int8 not null,
  commodity int8 not null,
  milligrams numeric(19) not null,
  evidence bytea not null,
  unique (production, output)
);
create index lot_seq on lot (seq desc, output desc);
create index lot_block on lot (block);

create table content (
  lot bytea not null references lot on delete cascade,
  material int8 not null,
  recycled boolean not null,
  milligrams numeric(19) not null,
  primary key (lot, material, recycled)
);
create index content_material on content (material, lot);

create table production_input (
  production bytea not null references production on delete cascade,
  position int8 not null,
  lot bytea not null,
  primary key (production, position)
);
create unique index production_input_lot on production_input (lot);

create table dispatch (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  consignor bytea not null,
  consignee bytea not null,
  from_facility bytea not null,
  to_facility bytea not null,
  mode int8 not null,
  recall_from int8 not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytea not null
);
create index dispatch_consignee on dispatch (consignee, seq);
create index dispatch_block on dispatch (block);

create table receipt (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  party bytea not null,
  dispatch bytea not null,
  accepted boolean not null,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytea not null
);
create index receipt_dispatch on receipt (dispatch);
create index receipt_block on receipt (block);

-- A lot's life, one row per statement that touched it. The last row is its present state.
-- `head` is what the next statement must name; `facility` is where the lot is (in transit: where it is going).
create table lot_event (
  lot bytea not null references lot on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  statement bytea not null,
  kind text not null check (kind in ('birth', 'dispatch', 'accept', 'refuse', 'recall', 'spend')),
  status text not null check (status in ('held', 'in-transit', 'spent')),
  head bytea not null,
  custodian bytea not null,
  facility bytea not null,
  weighed numeric(19),
  occurred_at int8 not null,
  recorded_at int8 not null,
  primary key (lot, seq)
);
create index lot_event_statement on lot_event (statement);
create index lot_event_block on lot_event (block);

create view lot_current as
select distinct on (lot)
  lot, seq, statement, kind, status, head, custodian, facility, weighed, occurred_at, recorded_at
from lot_event
order by lot, seq desc;

create table attestation (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  auditor bytea not null,
  subject bytea not null,
  scheme text not null,
  outcome int8 not null,
  valid_from int8 not null,
  valid_until int8 not null,
  recorded_at int8 not null,
  evidence bytea not null
);
create index attestation_subject on attestation (subject, seq);
create index attestation_block on attestation (block);

create table revocation (
  id bytea primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  author bytea not null,
  attestation bytea not null,
  effective_at int8 not null,
  recorded_at int8 not null,
  evidence bytea not null
);
create index revocation_attestation on revocation (attestation, seq);
create index revocation_block on revocation (block);
