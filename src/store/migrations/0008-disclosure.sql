-- Who may see which field of an evidence document, by its author's word. As in 0002: no chain gives it back.

-- Every decision that was followed, with the author's signature. `id` is the digest that was signed.
create table disclosure (
  id bytes32 primary key,
  root bytes32 not null references evidence on delete cascade,
  author account not null,
  message json not null,
  signature bytea not null,
  issued_at int8 not null,
  received_at int8 not null
);
create index disclosure_root on disclosure (root, author, issued_at desc);

-- Fields that some may see and others not. They stand here alone: `evidence` has their leaf, so that nothing that reads
-- it can show them by mistake. `author` is whose word it is: a reorganisation may make another one the document's author,
-- who is not to have what this one sent.
create table shared_field (
  root bytes32 not null references evidence on delete cascade,
  author account not null,
  leaf bytes32 not null,
  field json not null,
  shared_at int8 not null,
  primary key (root, author, leaf)
);
create table field_reader (
  position int8 generated always as identity unique,
  root bytes32 not null,
  author account not null,
  leaf bytes32 not null,
  party account not null,
  primary key (root, author, leaf, party),
  foreign key (root, author, leaf) references shared_field on delete cascade
);
create index field_reader_party on field_reader (party, position desc);

-- Who is signed in. `token` is the SHA-256 of what the caller has; a nonce opens one session, so that the row is kept
-- for as long as the nonce could open another.
create table session (
  token bytes32 primary key,
  nonce text not null unique,
  party account not null,
  account account not null,
  expires_at int8 not null,
  kept_until int8 not null
);
create index session_kept on session (kept_until);

-- Known to every process of a deployment: with it they know their own nonces again.
create table server_secret (
  only_row boolean primary key default true check (only_row),
  secret bytes32 not null
);
insert into server_secret (secret)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
