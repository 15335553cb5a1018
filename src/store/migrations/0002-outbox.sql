-- What people sent us, which no chain gives back. Never touched by a rollback or a rebuild of the index.

-- Whether an accepted statement is recorded follows from the statement table: only refusals are kept here.
create table outbox (
  position int8 generated always as identity primary key,
  id bytea not null unique,
  type text not null,
  author bytea not null,
  message jsonb not null,
  signature bytea not null,
  witness jsonb not null,
  accepted_at int8 not null,
  refused_code text,
  refused_detail text,
  refused_at_block int8,
  rejected_at int8
);
create index outbox_open on outbox (position) where rejected_at is null;

-- The heads that accepted statements will make, so that the next statement can extend them before they are recorded.
create table outbox_head (
  statement bytea not null references outbox (id) on delete cascade,
  lot bytea not null,
  head bytea not null,
  primary key (statement, lot)
);
create index outbox_head_lot on outbox_head (lot);

-- Evidence by root: disclosed fields whole, hidden ones as leaf hashes.
create table evidence (
  root bytea primary key,
  fields jsonb not null,
  received_at int8 not null
);
