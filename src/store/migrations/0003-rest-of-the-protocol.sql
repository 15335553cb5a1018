-- Corrections, observations and keys. As in 0001: every row hangs from its block, so that a reorg is one delete.

create table correction (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null,
  block int8 not null references block on delete cascade,
  author account not null,
  production bytes32 not null references production on delete cascade,
  occurred_at int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create unique index correction_production on correction (production);
create index correction_block on correction (block);

-- A corrected production gives its inputs back, and another may spend them: at most one of a lot's spenders stands.
drop index production_input_lot;
create index production_input_lot on production_input (lot);

-- `void`: the production that made the lot was corrected. `restore`: the one that had spent it was.
alter table lot_event
  drop constraint lot_event_kind_check,
  drop constraint lot_event_status_check,
  add constraint lot_event_kind_check
    check (kind in ('birth', 'dispatch', 'accept', 'refuse', 'recall', 'spend', 'restore', 'void')),
  add constraint lot_event_status_check check (status in ('held', 'in-transit', 'spent', 'void'));
alter table outbox_head
  drop constraint outbox_head_status_check,
  add constraint outbox_head_status_check check (status in ('held', 'in-transit', 'spent', 'void'));

-- A log is what one device of one observer says of one subject. It starts where `previous` is zero, and each entry
-- names the one before. `root` and `count` are zero for an inspection.
create table observation (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  observer account not null,
  device account not null,
  subject bytes32 not null,
  previous bytes32 not null,
  root bytes32 not null,
  count int8 not null,
  observed_from int8 not null,
  observed_until int8 not null,
  recorded_at int8 not null,
  evidence bytes32 not null
);
create index observation_subject on observation (subject, seq);
create index observation_log on observation (observer, device, subject, seq);
create index observation_block on observation (block);

-- The last one per (party, delegate) counts, and none that an earlier key of the party signed.
create table delegation (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  party account not null,
  delegate account not null,
  scope int8 not null,
  valid_until int8 not null,
  issued_at int8 not null,
  recorded_at int8 not null
);
create index delegation_party on delegation (party, delegate, seq);
create index delegation_delegate on delegation (delegate);
create index delegation_block on delegation (block);

create table key_replacement (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  party account not null,
  key account not null,
  number int8 not null,
  recorded_at int8 not null
);
create index key_replacement_party on key_replacement (party, seq);
create index key_replacement_block on key_replacement (block);

create table key_objection (
  id bytes32 primary key references statement on delete cascade,
  seq int8 not null unique,
  block int8 not null references block on delete cascade,
  party account not null,
  key account not null,
  effective_at int8 not null,
  recorded_at int8 not null
);
create index key_objection_party on key_objection (party, seq);
create index key_objection_block on key_objection (block);

create table key_proposal (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  party account not null,
  key account not null,
  effective_at int8 not null,
  evidence bytes32 not null,
  recorded_at int8 not null
);
create index key_proposal_party on key_proposal (party, seq);
create index key_proposal_block on key_proposal (block);

create table key_completion (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  party account not null,
  key account not null,
  number int8 not null,
  recorded_at int8 not null
);
create index key_completion_party on key_completion (party, seq);
create index key_completion_block on key_completion (block);

-- Every key that a party had, and from where on: the last by `seq` is its present one. `id` is the replacement's.
create view party_key as
  select party, seq, 1::int8 as number, party as key, null::bytes32 as id, recorded_at from party_act where act = 'admit'
  union all
  select party, seq, number, key, id, recorded_at from key_replacement
  union all
  select party, seq, number, key, null, recorded_at from key_completion;
