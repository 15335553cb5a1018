-- What people sent us, which no chain gives back. Never touched by a rollback or a rebuild of the index.

-- Whether an accepted statement is recorded follows from the statement table: kept here are refusals, and (as
-- `final_block`, once its block can no longer change) that it needs no more attention.
create table outbox (
  position int8 generated always as identity primary key,
  id bytes32 not null unique,
  type text not null,
  author account not null,
  message json not null,
  signature bytea not null,
  witness json not null,
  accepted_at int8 not null,
  refused_code text,
  refused_detail text,
  refused_permanent boolean,
  refused_at_block int8,
  rejected_at int8,
  final_block int8
);
create index outbox_open on outbox (position) where rejected_at is null and final_block is null;

-- The heads that open statements will make, so that the next statement can extend them before they are recorded.
-- `extends` is the head that the statement names for the lot, null at birth: nothing is extended twice.
create table outbox_head (
  statement bytes32 not null references outbox (id) on delete cascade,
  lot bytes32 not null,
  extends bytes32,
  head bytes32 not null,
  status text not null check (status in ('held', 'in-transit', 'spent')),
  primary key (statement, lot)
);
create unique index outbox_head_extends on outbox_head (lot, extends);

-- The evidence roots that accepted statements name.
create table outbox_root (
  root bytes32 not null,
  statement bytes32 not null references outbox (id) on delete cascade,
  primary key (root, statement)
);
create index outbox_root_statement on outbox_root (statement);

-- Evidence by root: disclosed fields whole, hidden ones as leaf hashes.
create table evidence (
  root bytes32 primary key,
  fields json not null,
  received_at int8 not null
);
