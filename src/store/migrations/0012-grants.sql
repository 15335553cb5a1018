-- Whom a party lets read what it may read, where reading is for parties alone; the last word by `issued_at` counts. As in
-- 0002: no chain gives it back.
create table read_grant (
  party account not null,
  reader account not null,
  valid_until int8 not null,
  issued_at int8 not null,
  signature bytea not null,
  primary key (party, reader)
);
create index read_grant_reader on read_grant (reader, valid_until);
